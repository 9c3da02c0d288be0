import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { appendFileSync, readdirSync, readlinkSync, renameSync, truncateSync, writeFileSync } from "node:fs";
import { parseSse } from "../src/lib/sse-parse.ts";
import { type LogPlace, logPathOf, startLogPlace, stillProgram, uidOfLog as uid } from "./support/log-place.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

/** Writes numbered lines: as many as it is told, so many bytes at a time. */
const WRITER = String.raw`
import os, sys, time
count, per, pause = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
for i in range(0, count, per):
    data = b"".join(b"%08d %s\n" % (n, b"x" * 50) for n in range(i, min(count, i + per)))
    while data:
        data = data[os.write(1, data):]
    time.sleep(pause)
time.sleep(1000)
`;
const LINE_BYTES = 60;
const ROTATED_LINES = 60_000;
const FLOOD_LINES = 700_000;

const path = logPathOf(place);
const writer = (name: string, words: string, more: string) =>
  `[program:${name}]\ncommand=/usr/bin/python3 ${place.path("writer.py")} ${words}\nautostart=false\nstartsecs=0\nstopsignal=KILL\nstdout_logfile=${path(`${name}.log`)}\n${more}\n`;

let host: LogPlace["host"];
let hub: LogPlace["hub"];
let open: LogPlace["open"];
let follow: LogPlace["follow"];

beforeAll(async () => {
  writeFileSync(place.path("writer.py"), WRITER);
  const programs = [
    ...["tail", "cleared", "bytes"].map(stillProgram(place)),
    stillProgram(place)("silent").replace(/stdout_logfile=.*/, "stdout_logfile=NONE"),
    writer("rotated", `${ROTATED_LINES} 200 0.005`, "stdout_logfile_maxbytes=200KB\nstdout_logfile_backups=30"),
    writer("flood", `${FLOOD_LINES} 1700 0.008`, "stdout_logfile_maxbytes=0"),
    writer("blinker", "0 1 0", ""),
  ].join("\n");
  ({ host, hub, open, follow } = await startLogPlace(place, programs));
}, 60_000);

const linkOf = (fd: string): string => {
  try {
    return readlinkSync(fd);
  } catch {
    return "";
  }
};
const rssKb = async (pid: number) => Number(/VmRSS:\s+(\d+)/.exec(await Bun.file(`/proc/${pid}/status`).text())?.[1]);

const start = async (name: string) =>
  expect((await hub.post("/api/process/start", { uid: uid(name) })).status).toBe(200);
const pidOfAgent = () => host.pidOf("multivisor:multivisor");

describe("GET /api/process/log/out/tail", () => {
  test("begins with the last KiB and sends what is written, with its place in the file", async () => {
    writeFileSync(path("tail.log"), `${"a".repeat(2_000)}\n`);
    const log = await follow("tail");
    await waitFor("the end", () => log.text() === `${"a".repeat(1_023)}\n`);
    expect(log.messages[0]).toEqual({ message: `${"a".repeat(1_023)}\n`, size: 2_001 });
    appendFileSync(path("tail.log"), "more\n");
    await waitFor("more", () => log.text().endsWith("more\n"));
    expect(log.messages.at(-1)).toEqual({ message: "more\n", size: 2_006 });
    log.close();
  });

  test("answers 404 for what is not there and 502 for a host that is down", async () => {
    const status = async (url: string) => (await hub.get(url)).status;
    expect(await status("/api/process/log/out/tail/lid001:no:such")).toBe(404);
    expect(await status("/api/process/log/both/tail/lid001:tail:tail")).toBe(404);
    expect(await status(`/api/process/log/out/tail/${uid("silent")}`)).toBe(404);
    expect(await status("/api/process/log/out/tail/down:a:a")).toBe(502);
  });

  test("has every line of a fast writer once and in order, through all rotations of supervisord", async () => {
    const log = await follow("rotated");
    await start("rotated");
    await waitFor("the last line", () => log.text().length >= ROTATED_LINES * LINE_BYTES, 40_000);
    const numbers = log
      .text()
      .trimEnd()
      .split("\n")
      .map((line) => Number(line.slice(0, 8)));
    expect(numbers).toEqual(Array.from({ length: ROTATED_LINES }, (_, i) => i));
    expect(log.messages.filter(({ note }) => note === "rotated").length).toBeGreaterThan(10);
    log.close();
  }, 60_000);

  test("goes on after clearProcessLogs and after a truncation", async () => {
    const log = await follow("cleared");
    appendFileSync(path("cleared.log"), "before\n");
    await waitFor("the first", () => log.text() === "before\n");
    expect(await (await hub.post("/api/process/log/clear", { uid: uid("cleared") })).text()).toBe("OK");
    await waitFor("the news", () => log.messages.some(({ note }) => note === "cleared"));
    appendFileSync(path("cleared.log"), "after\n");
    await waitFor("the second", () => log.text() === "before\nafter\n");
    truncateSync(path("cleared.log"));
    appendFileSync(path("cleared.log"), "at last\n");
    await waitFor("the third", () => log.text() === "before\nafter\nat last\n");
    expect(log.messages.at(-1)?.size).toBe(8);
    log.close();
  });

  test("goes on after a lost connection where it was, though the log was rotated meanwhile", async () => {
    const url = `/api/process/log/out/tail/${uid("tail")}`;
    const first = await open(url);
    first.read();
    appendFileSync(path("tail.log"), "seen\n");
    await waitFor("the first", () => first.text().endsWith("seen\n"));
    first.close();
    appendFileSync(path("tail.log"), "unseen\n");
    renameSync(path("tail.log"), path("tail.log.1"));
    writeFileSync(path("tail.log"), "newest\n");
    const second = await open(url, { "last-event-id": first.lastId() });
    second.read();
    await waitFor("the rest", () => second.text() === "unseen\nnewest\n");
    second.close();
  });

  test("passes NUL, colours and broken UTF-8; base64 keeps every byte", async () => {
    writeFileSync(path("bytes.log"), "");
    const odd = Buffer.concat([
      Buffer.from("\0\x1b[31mred\x1b[0m caf"),
      Buffer.from([0xe9, 0xff]),
      Buffer.from("✓\r\n"),
    ]);
    const [text, exact] = [await follow("bytes"), await follow("bytes", "?encoding=base64")];
    appendFileSync(path("bytes.log"), odd);
    await waitFor("the text", () => text.text() === "\0\x1b[31mred\x1b[0m caf\ufffd\ufffd✓\r\n");
    await waitFor("the bytes", () => exact.messages.length > 0);
    expect((exact.messages[0] as unknown as { base64: string }).base64).toBe(odd.toString("base64"));
    for (const log of [text, exact]) log.close();
  });

  test("10 MB/s go through while a reader who never reads costs nothing and events are not kept waiting", async () => {
    const reader = await follow("flood");
    const idle = await open(`/api/process/log/out/tail/${uid("flood")}`);
    const ended = new AbortController();
    place.defer(() => ended.abort());
    const events = await hub.get("/api/stream", { signal: ended.signal });
    const seen: string[] = [];
    void (async () => {
      if (events.body === null) return;
      for await (const { data } of parseSse(events.body)) {
        const { event, payload } = JSON.parse(data);
        if (event === "process_changed" && payload.name === "blinker") seen.push(payload.statename);
      }
    })().catch(() => {});
    const agent = await pidOfAgent();
    const before = [await rssKb(agent), await rssKb(hub.pid())] as const;
    await start("flood");
    let most = [0, 0];
    let rounds = 0;
    const bytes = () =>
      reader.messages.reduce((sum, { message, note }) => sum + (note === undefined ? message.length : 0), 0);
    let counted = 0;
    await waitFor(
      () => `the last line: ${counted}`,
      async () => {
        // A start and a stop while the log runs: each must be told before the next is asked for.
        rounds += 1;
        await hub.post("/api/process/start", { uid: uid("blinker") });
        await hub.post("/api/process/stop", { uid: uid("blinker") });
        most = [Math.max(most[0] ?? 0, await rssKb(agent)), Math.max(most[1] ?? 0, await rssKb(hub.pid()))];
        counted = bytes() + reader.skipped();
        return counted >= FLOOD_LINES * LINE_BYTES;
      },
      40_000,
    );
    expect(rounds).toBeGreaterThan(3);
    await waitFor("all events", () => seen.filter((state) => state === "STOPPED").length === rounds);
    expect((most[0] ?? 0) - before[0]).toBeLessThan(40 * 1_024);
    expect((most[1] ?? 0) - before[1]).toBeLessThan(120 * 1_024);
    // Who has read nothing until now is moved on, and told by how much.
    idle.read();
    const end = `${String(FLOOD_LINES - 1).padStart(8, "0")} ${"x".repeat(50)}\n`;
    await waitFor("the end of the log", () => idle.messages.at(-1)?.message.endsWith(end));
    expect(idle.skipped()).toBeGreaterThan(1_000_000);
    expect(idle.text().length + idle.skipped()).toBe(FLOOD_LINES * LINE_BYTES);
    expect(idle.messages.find(({ note }) => note === "skipped")?.message).toMatch(/^\n\[\d+ bytes skipped\]\n$/);
    idle.close();
    ended.abort();
    reader.close();
  }, 60_000);

  test("keeps no file open for readers who have left", async () => {
    const agent = await pidOfAgent();
    const open = () =>
      readdirSync(`/proc/${agent}/fd`).filter((fd) => linkOf(`/proc/${agent}/fd/${fd}`).includes("/logs/")).length;
    await waitFor("those of other tests to be closed", () => open() === 0);
    const logs = await Promise.all(Array.from({ length: 40 }, () => follow("tail")));
    await waitFor("all to be open", () => open() >= 40);
    for (const log of logs) log.close();
    await waitFor("all to be closed", () => open() === 0);
  });
});
