import { afterAll, expect, test } from "bun:test";
import { rmSync, truncateSync } from "node:fs";
import { connect } from "node:net";
import { openStore } from "../src/hub/store/open-store.ts";
import { createLogger } from "../src/lib/logger.ts";
import { startHub } from "./support/hub.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

/** More than the kernel holds for a reader that does not read. */
const ITEMS = 60_000;

function fill(path: string): void {
  const log = createLogger("ERROR");
  const store = openStore(path, { log, now: Date.now, maxQueue: ITEMS });
  const names = { group: "g", name: "p", fromState: "STARTING", toState: "RUNNING" } as const;
  const rest = { expected: null, tries: null, sampled: false, pid: 1 } as const;
  const atMs = Date.now() - ITEMS;
  const entries = Array.from({ length: ITEMS }, (_, i) => ({
    ...{ kind: "transition" as const, seq: i + 1, atMs: atMs + i, ...names, ...rest },
  }));
  store.append("lid001", "e", entries);
  store.close();
}

/** Asks for a file and reads its beginning alone. @returns goes on reading, to the end */
async function beginExport(port: number, format: string): Promise<() => Promise<string>> {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  const closed = new Promise((done) => socket.once("close", done));
  socket.on("error", () => {}); // a reset connection is one way to be told
  socket.write(`GET /api/history/export?format=${format} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  await new Promise((done) => socket.once("readable", done));
  return async () => {
    socket.on("data", (bytes) => {
      text += bytes.toString("latin1");
      if (text.endsWith("\r\n0\r\n\r\n")) socket.end();
    });
    await closed;
    return text;
  };
}

const isWhole = (answer: string): boolean => answer.endsWith("\r\n0\r\n\r\n");
const FORMATS = ["json", "csv", "ndjson"];

test.each([
  ["removed", (db: string) => rmSync(db)],
  ["truncated", (db: string) => truncateSync(db, 8_192)],
])(
  "a file that is being read when the history is %s ends without its end, and one line says so",
  async (what, harm) => {
    const db = place.path(`${what}.sqlite`);
    fill(db);
    const hub = await startHub(place, { supervisors: [], db });
    expect(isWhole(await (await beginExport(hub.port, "csv"))())).toBe(true);
    const exports = await Promise.all(FORMATS.map((format) => beginExport(hub.port, format)));
    harm(db);
    await waitFor("the hub to see it", async () => /a new one begins/.test(hub.log()), 20_000);
    const answers = await Promise.all(exports.map((readOn) => readOn()));
    expect(answers.map(isWhole)).toEqual(FORMATS.map(() => false));
    const lines = hub.log().split("\n");
    expect(
      lines.filter((line) => /An export of the history was broken off after \d+ items: Cannot read/.test(line)),
    ).toHaveLength(3);
    expect(lines.filter((line) => / at .*\.ts|^error:/.test(line))).toEqual([]);
  },
  60_000,
);
