import { Database } from "bun:sqlite";
import { afterAll, expect, test } from "bun:test";
import { rmSync, truncateSync } from "node:fs";
import { connect } from "node:net";
import { auditPathOf } from "../src/hub/store/audit-path.ts";
import { openAudit } from "../src/hub/store/open-audit.ts";
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

/** As many lines, in one transaction: each of the hub's own goes to the disk by itself. */
function fillAudit(path: string): void {
  openAudit(path, createLogger("ERROR"), Date.now).close();
  const db = new Database(path);
  db.run(`WITH RECURSIVE line (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM line WHERE n < ${ITEMS})
    INSERT INTO audit (at_ms, user, address, what, target, outcome, detail)
    SELECT n, 'ann', '10.0.0.7', 'action', 'lid001:PLC:${"x".repeat(200)}', 'asked', 'restart'
    FROM line`);
  db.close();
}

/** Asks for a file and reads its beginning alone. @returns goes on reading, to the end */
async function beginExport(port: number, format: string, what = "history"): Promise<() => Promise<string>> {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  const closed = new Promise((done) => socket.once("close", done));
  socket.on("error", () => {}); // a reset connection is one way to be told
  socket.write(`GET /api/${what}/export?format=${format} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
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
const brokenOff = (what: string) => new RegExp(`An export of the ${what} was broken off after \\d+ items: Cannot read`);
const FORMATS = ["json", "csv", "ndjson"];

test.each([
  ["removed", (db: string) => rmSync(db)],
  ["truncated", (db: string) => truncateSync(db, 8_192)],
])(
  "a file that is being read when the history and the audit are %s ends without its end, and one line says so",
  async (what, harm) => {
    const db = place.path(`${what}.sqlite`);
    fill(db);
    fillAudit(auditPathOf(db));
    const hub = await startHub(place, { supervisors: [], db });
    const begin = (of: string) => FORMATS.map((format) => beginExport(hub.port, format, of));
    expect(isWhole(await (await beginExport(hub.port, "csv"))())).toBe(true);
    expect(isWhole(await (await beginExport(hub.port, "csv", "audit"))())).toBe(true);
    const exports = await Promise.all([...begin("history"), ...begin("audit")]);
    harm(db);
    harm(auditPathOf(db));
    const isSeen = (of: string) => new RegExp(`${of}: .*a new one begins`).test(hub.log());
    await waitFor("the hub to see it", () => isSeen("History") && isSeen("Audit"));
    const answers = await Promise.all(exports.map((readOn) => readOn()));
    expect(answers.map(isWhole)).toEqual(exports.map(() => false));
    const lines = hub.log().split("\n");
    for (const of of ["history", "audit"])
      expect(lines.filter((line) => brokenOff(of).test(line))).toHaveLength(FORMATS.length);
    expect(lines.filter((line) => / at .*\.ts|^error:/.test(line))).toEqual([]);
  },
  60_000,
);
