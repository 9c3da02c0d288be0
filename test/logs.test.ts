import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import {
  appendFileSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { parseSse } from "../src/lib/sse-parse.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
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

const path = (name: string) => place.path("logs", name);
const still = (name: string, more = "") =>
  `[program:${name}]\ncommand=/bin/sleep 1000\nstartsecs=0\nstdout_logfile=${path(`${name}.log`)}\nstderr_logfile=${path(`${name}.err`)}\n${more}\n`;
const writer = (name: string, words: string, more: string) =>
  `[program:${name}]\ncommand=/usr/bin/python3 ${place.path("writer.py")} ${words}\nautostart=false\nstartsecs=0\nstopsignal=KILL\nstdout_logfile=${path(`${name}.log`)}\n${more}\n`;

let host: TestSupervisord;
let hub: TestHub;

beforeAll(async () => {
  mkdirSync(place.path("logs"));
  writeFileSync(place.path("writer.py"), WRITER);
  const programs = [
    ...["pages", "tail", "cleared", "truncated", "bytes", "search", "hostile", "swapped"].map((name) => still(name)),
    still("silent").replace(/stdout_logfile=.*/, "stdout_logfile=NONE"),
    still("terminal").replace(/stdout_logfile=.*/, "stdout_logfile=/dev/stdout\nstdout_logfile_maxbytes=0"),
    writer("rotated", `${ROTATED_LINES} 200 0.005`, "stdout_logfile_maxbytes=200KB\nstdout_logfile_backups=30"),
    writer("flood", `${FLOOD_LINES} 1700 0.008`, "stdout_logfile_maxbytes=0"),
    writer("blinker", "0 1 0", ""),
  ].join("\n");
  host = await startSupervisord(place, { name: "lid001", programs, recorder: false });
  hub = await startHub(place, { supervisors: [host, { name: "down", agentPort: 1 }] });
  await hub.live("lid001");
}, 60_000);

const linkOf = (fd: string): string => {
  try {
    return readlinkSync(fd);
  } catch {
    return "";
  }
};
const uid = (name: string) => `lid001:${name}:${name}`;
const rssKb = async (pid: number) => Number(/VmRSS:\s+(\d+)/.exec(await Bun.file(`/proc/${pid}/status`).text())?.[1]);

type Message = { message: string; size: number; note?: string; skipped?: number | null };
type Page = {
  text: string;
  offset: number;
  end: number;
  size: number;
  previous: string | null;
  next: string;
  source: string;
};

/** GET …/tail/<uid>, read as it comes once `read` is called. */
async function open(url: string, headers: Record<string, string> = {}) {
  const stop = new AbortController();
  place.defer(() => stop.abort());
  const response = await hub.get(url, { signal: stop.signal, headers });
  expect(response.status).toBe(200);
  const messages: Message[] = [];
  let id = "";
  const read = async () => {
    if (response.body === null) return;
    for await (const { data, lastEventId } of parseSse(response.body)) {
      messages.push(JSON.parse(data));
      id = lastEventId;
    }
  };
  const text = () => messages.map(({ message, note }) => (note === undefined ? message : "")).join("");
  const skipped = () => messages.reduce((sum, { skipped: n }) => sum + (n ?? 0), 0);
  return {
    messages,
    text,
    skipped,
    lastId: () => id,
    read: () => void read().catch(() => {}),
    close: () => stop.abort(),
  };
}

async function follow(name: string, query = "", url = `/api/process/log/out/tail/${uid(name)}${query}`) {
  const log = await open(url);
  log.read();
  return log;
}

const page = (name: string, query: string) => hub.json<Page>(`/api/process/log/out/${uid(name)}?${query}`);
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
    await waitFor("the end of the log", () => idle.messages.at(-1)?.message.endsWith(end), 20_000);
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

describe("GET /api/process/log/out/<uid>", () => {
  beforeAll(() => {
    writeFileSync(path("pages.log.2"), "one\ntwo\n");
    writeFileSync(path("pages.log.1"), "three\nfo");
    writeFileSync(path("pages.log"), "ur\nfive ✓\n");
  });

  test("pages backwards through the backups", async () => {
    const last = await page("pages", "lines=2");
    expect(last).toMatchObject({ text: "four\nfive ✓\n", offset: 14, end: 28, size: 28, source: "file" });
    const before = await page("pages", `lines=-2&offset=${last.previous}`);
    expect(before).toMatchObject({ text: "two\nthree\n", offset: 4, end: 14 });
    expect(await page("pages", `lines=-9&offset=${before.previous}`)).toMatchObject({ text: "one\n", previous: null });
  });

  test("pages forwards, and on from its end when more is written", async () => {
    const first = await page("pages", "offset=0&length=10");
    expect(first).toMatchObject({ text: "one\ntwo\nth", offset: 0, end: 10 });
    const rest = await page("pages", `offset=${first.next}&length=1000`);
    expect(rest.text).toBe("ree\nfour\nfive ✓\n");
    appendFileSync(path("pages.log"), "six\n");
    expect((await page("pages", `offset=${rest.next}&length=1000`)).text).toBe("six\n");
  });

  test("says what it cannot read", async () => {
    const answer = async (query: string) => (await hub.get(`/api/process/log/out/${uid("pages")}?${query}`)).status;
    expect(await answer("length=x")).toBe(400);
    expect(await answer("lines=1&length=1")).toBe(400);
    expect(await answer("offset=../../etc/passwd")).toBe(400);
    expect(await answer("offset=nosuchfile:3")).toBe(404);
    expect(await answer("encoding=klingon")).toBe(400);
  });
});

describe("GET /api/process/log/out/download/<uid>", () => {
  const download = (headers: Record<string, string> = {}) =>
    hub.get(`/api/process/log/out/download/${uid("rotated")}`, { headers });

  test("sends the whole of it, backups first, as a file that is nothing but text", async () => {
    const answer = await download();
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("content-disposition")).toBe('attachment; filename="lid001_rotated_rotated.stdout.log"');
    const text = await answer.text();
    expect(text.endsWith(`${String(ROTATED_LINES - 1).padStart(8, "0")} ${"x".repeat(50)}\n`)).toBeTrue();
    const numbers = text
      .trimEnd()
      .split("\n")
      .map((line) => Number(line.slice(0, 8)));
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, i) => (numbers[0] ?? 0) + i));
  });

  test("sends ranges of it, and 416 for what lies beyond", async () => {
    const whole = await (await download()).text();
    const part = await download({ range: "bytes=100-299" });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 100-299/${whole.length}`]);
    expect(await part.text()).toBe(whole.slice(100, 300));
    const end = await download({ range: "bytes=-60", "if-range": part.headers.get("etag") ?? "" });
    expect(await end.text()).toBe(whole.slice(-60));
    expect((await download({ range: "bytes=0-9", "if-range": '"another"' })).status).toBe(200);
    const beyond = await download({ range: `bytes=${whole.length}-` });
    expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, `bytes */${whole.length}`]);
  });
});

describe("GET /api/process/log/out/search/<uid>", () => {
  type Found = {
    matches: { offset: number; line: string; before: string[]; after: string[] }[];
    complete: boolean;
    stopped: string | null;
    previous: string | null;
  };
  const search = (parameters: Record<string, string>) =>
    hub.json<Found>(`/api/process/log/out/search/${uid("search")}?${new URLSearchParams(parameters)}`);

  beforeAll(() => {
    writeFileSync(path("search.log.1"), "alpha\nbeta error 1\ngamma\n");
    writeFileSync(path("search.log"), `delta\nError 2 ✓\nepsilon\n${"a".repeat(60)}!\n`);
  });

  test("finds the newest lines that match, with what stands around them", async () => {
    const found = await search({ q: "error", case: "0", before: "1", after: "1" });
    expect(found).toMatchObject({ complete: true, previous: null });
    expect(found.matches).toMatchObject([
      { offset: 6, line: "beta error 1", before: ["alpha"], after: ["gamma"] },
      { offset: 31, line: "Error 2 ✓", before: ["delta"], after: ["epsilon"] },
    ]);
    expect((await search({ q: "error" })).matches.map(({ line }) => line)).toEqual(["beta error 1"]);
    expect((await search({ q: "^(gam|del)", regex: "1" })).matches.map(({ line }) => line)).toEqual(["gamma", "delta"]);
  });

  test("goes on backwards from where the limit ended it", async () => {
    const first = await search({ q: "a", limit: "2" });
    expect(first).toMatchObject({ complete: false, stopped: "limit" });
    const second = await search({ q: "a", limit: "2", until: first.previous ?? "" });
    expect(second.matches.map(({ line }) => line)).toEqual(["beta error 1", "gamma"]);
  });

  test("is not hung by a catastrophic pattern: it is ended in time, and others are served meanwhile", async () => {
    writeFileSync(path("hostile.log"), `${"a".repeat(60)}!\n`.repeat(200));
    const hostile = hub.json<Found>(
      `/api/process/log/out/search/${uid("hostile")}?${new URLSearchParams({ q: "^(a+)+$", regex: "1" })}`,
    );
    expect((await page("hostile", "lines=1")).text).toContain("!");
    expect((await search({ q: "delta" })).matches).toHaveLength(1);
    expect(await hostile).toMatchObject({ complete: false, stopped: "time", matches: [] });
    expect((await hub.get(`/api/process/log/out/search/${uid("search")}?q=(&regex=1`)).status).toBe(400);
  }, 30_000);
});

describe("what supervisord did not name", () => {
  const status = async (name: string) => (await hub.get(`/api/process/log/out/${uid(name)}`)).status;

  test("is never read: no path can be asked for, at the hub or at the agent", async () => {
    for (const tried of [
      "..%2f..%2fetc%2fpasswd",
      "lid001:pages:..%2f..%2fetc%2fpasswd",
      "lid001:pages:pages%2f..%2f..",
      "%2fetc%2fpasswd",
    ])
      expect((await hub.get(`/api/process/log/out/${tried}`)).status).toBe(404);
    const agent = async (query: string) =>
      (await fetch(`http://127.0.0.1:${host.agentPort}/v1/log/page?${query}`)).status;
    expect(await agent("log=pages:pages&channel=stdout")).toBe(200);
    expect(await agent("log=/etc/passwd&channel=stdout")).toBe(400);
    expect(await agent("log=pages:../../../etc/passwd&channel=stdout")).toBe(404);
    expect(await agent("log=pages:pages&channel=stdout&at=/etc/passwd:0")).toBe(400);
    expect(await agent("channel=/etc/passwd")).toBe(400);
  });

  test("a log that another user turned into a link to something else is refused", async () => {
    rmSync(path("swapped.log"));
    symlinkSync("/etc/passwd", path("swapped.log"));
    expect(await status("swapped")).toBe(200); // root's own link
    lchownSync(path("swapped.log"), 65_534, 65_534);
    expect(await status("swapped")).toBe(403);
    rmSync(path("swapped.log"));
    mkdirSync(path("swapped.log"));
    expect(await status("swapped")).toBe(403);
  });

  test("a log that goes to a device is answered clearly", async () => {
    const answer = await hub.get(`/api/process/log/out/${uid("terminal")}`);
    expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining("/dev/stdout")]);
  });
});

describe("/api/supervisor/log", () => {
  test("has supervisord's own log: a page, a search, the whole and what comes", async () => {
    const last = await hub.json<Page>("/api/supervisor/log/lid001?lines=-500");
    expect(last.source).toBe("file");
    expect(last.text).toContain("INFO supervisord started with pid");
    const found = await hub.json<{ matches: { line: string }[] }>(
      "/api/supervisor/log/search/lid001?q=started with pid",
    );
    expect(found.matches).toHaveLength(1);
    expect(await (await hub.get("/api/supervisor/log/download/lid001")).text()).toContain("supervisord started");
    const log = await follow("", "", "/api/supervisor/log/tail/lid001");
    await hub.post("/api/process/restart", { uid: uid("tail") });
    await waitFor("the news", () => /stopped: tail.*spawned: 'tail'/s.test(log.text()));
    expect((await hub.get("/api/supervisor/log/nobody")).status).toBe(404);
    log.close();
  });
});
