import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { appendFileSync, lchownSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import {
  type LogPage,
  type LogPlace,
  logPathOf,
  startLogPlace,
  stillProgram,
  uidOfLog as uid,
} from "./support/log-place.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const path = logPathOf(place);
let host: LogPlace["host"];
let hub: LogPlace["hub"];
let follow: LogPlace["follow"];
let page: LogPlace["page"];

beforeAll(async () => {
  const programs = [
    ...["pages", "rotated", "search", "hostile", "swapped"].map(stillProgram(place)),
    stillProgram(place)("terminal").replace(
      /stdout_logfile=.*/,
      "stdout_logfile=/dev/stdout\nstdout_logfile_maxbytes=0",
    ),
  ].join("\n");
  ({ host, hub, follow, page } = await startLogPlace(place, programs));
}, 60_000);

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
  const LINES = 30_000;
  const line = (n: number) => `${String(n).padStart(8, "0")} ${"x".repeat(50)}\n`;
  const linesTo = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => line(from + i)).join("");

  beforeAll(() => {
    writeFileSync(path("rotated.log.2"), linesTo(0, 10_000));
    writeFileSync(path("rotated.log.1"), linesTo(10_000, 20_000));
    writeFileSync(path("rotated.log"), linesTo(20_000, LINES));
  });

  const download = (headers: Record<string, string> = {}) =>
    hub.get(`/api/process/log/out/download/${uid("rotated")}`, { headers });

  test("sends the whole of it, backups first, as a file that is nothing but text", async () => {
    const answer = await download();
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("content-disposition")).toBe('attachment; filename="lid001_rotated_rotated.stdout.log"');
    expect(await answer.text()).toBe(linesTo(0, LINES));
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
  }, 60_000);
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
    const last = await hub.json<LogPage>("/api/supervisor/log/lid001?lines=-500");
    expect(last.source).toBe("file");
    expect(last.text).toContain("INFO supervisord started with pid");
    const found = await hub.json<{ matches: { line: string }[] }>(
      "/api/supervisor/log/search/lid001?q=started with pid",
    );
    expect(found.matches).toHaveLength(1);
    expect(await (await hub.get("/api/supervisor/log/download/lid001")).text()).toContain("supervisord started");
    const log = await follow("", "", "/api/supervisor/log/tail/lid001");
    await hub.post("/api/process/restart", { uid: uid("pages") });
    await waitFor("the news", () => /stopped: pages.*spawned: 'pages'/s.test(log.text()));
    expect((await hub.get("/api/supervisor/log/nobody")).status).toBe(404);
    log.close();
  });
});
