import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { openEventStream } from "./support/event-stream.ts";
import { multivisor } from "./support/executable.ts";
import { startHub, type TestHub, type WireData } from "./support/hub.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = `
[program:a]
command=/bin/sleep 1000
startsecs=0
[program:unseen]
command=/bin/sleep 1000
startsecs=0
[group:PLC]
programs=a
`;

async function run(words: readonly string[], stdin = ""): Promise<{ out: string; err: string; code: number }> {
  const child = Bun.spawn(multivisor(...words), {
    ...{ env: place.env, stdin: new Blob([stdin]), stdout: "pipe", stderr: "pipe" },
  });
  const [out, err, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { out, err, code };
}

let host: TestSupervisord;
let hub: TestHub;
let token: string;

/** What the two commands print is what the hub reads. */
beforeAll(async () => {
  const { out: hash } = await run(["hub", "hash-password"], "p%w;1\n");
  const { out } = await run(["hub", "new-token", "ci", "--role", "operator", "--filter", "group:PLC"]);
  token = out.split("\n")[0] ?? "";
  host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS });
  const global = `username=root\npassword=x\n[user:ann]\npassword=${hash}role=viewer\n${out.slice(token.length)}`;
  hub = await startHub(place, { supervisors: [host], global });
  await waitFor("all to run", async () => (await uids(root)).length >= 2);
}, 60_000);

const root = { authorization: `Basic ${btoa("root:x")}` };
const ann = { authorization: `Basic ${btoa("ann:p%w;1")}` };
const bearer = () => ({ authorization: `Bearer ${token}` });
const uids = async (headers: Record<string, string>) =>
  (await (await hub.get("/api/process/list", { headers })).json()) as string[];
const data = async (headers: Record<string, string>) =>
  (await (await hub.get("/api/data", { headers })).json()) as WireData;

describe("a token for a part of the fleet", () => {
  test("sees that part alone, on every route", async () => {
    await hub.post("/api/supervisor/update", { supervisor: "lid001", group: "unseen" }, root);
    await hub.post("/api/process/restart", { uid: "unseen,lid001:PLC:a" }, root);
    expect(await uids(bearer())).toEqual(["lid001:PLC:a"]);
    expect(Object.keys((await data(bearer())).supervisors.lid001?.processes ?? {})).toEqual(["lid001:PLC:a"]);
    expect(Object.keys((await data(root)).supervisors.lid001?.processes ?? {})).toContain("lid001:unseen:unseen");
    expect((await hub.get("/api/process/info/lid001:unseen:unseen", { headers: bearer() })).status).toBe(404);
    expect((await hub.get("/api/process/log/out/lid001:unseen:unseen", { headers: bearer() })).status).toBe(404);
    expect((await hub.get("/api/supervisor/log/lid001", { headers: bearer() })).status).toBe(403);
    for (const page of ["/", "/processes"]) {
      const html = await (await hub.get(page, { headers: bearer() })).text();
      expect([html.includes("lid001:PLC:a"), html.includes("lid001:unseen:unseen")]).toEqual([true, false]);
    }
    for (const path of await everyGet()) expect([path, await tellsOf(path)]).toEqual([path, false]);
  }, 60_000);

  /** Every path that can be asked, of the API and of pages, with what is not theirs in the place of names. */
  async function everyGet(): Promise<string[]> {
    const api = (await (await hub.get("/api/openapi.json", { headers: root })).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const pages =
      "/ /supervisors /supervisor/{name} /processes /history /history?kind=all /live/groups /live/processes";
    const live = "/live/supervisors /live/history /live/supervisor/{name} /live/process/{uid} /live/logs?log=out,{uid}";
    const unseen =
      "/process/{uid} /process/{uid}/log /process/{uid}/past /log?uid={uid} /processes?filter={n} /?filter={n}";
    const told = "/api/history?kind=all /api/history?kind=command&text={n} /api/history/export?kind=all&format=ndjson";
    const sums = "/api/history/summary?by=process /api/history/summary?by=group /api/process/list?filter={n}";
    const more = [pages, live, unseen, told, sums].flatMap((words) => words.split(" "));
    const paths = Object.entries(api.paths).flatMap(([path, methods]) => ("get" in methods ? [path] : []));
    const names: Record<string, string> = {
      ...{ uid: "lid001:unseen:unseen", name: "lid001", channel: "out", id: "x", n: "unsee" },
    };
    return [...paths, ...more].map((path) => path.replaceAll(/\{(\w+)\}/g, (_, name) => names[name] ?? "x"));
  }

  /** @returns whether the first that is answered names what is not theirs; who is told that there is none asked for it */
  async function tellsOf(path: string): Promise<boolean> {
    const stop = new AbortController();
    const answer = await hub.get(path, { headers: bearer(), signal: stop.signal });
    const isStream = answer.headers.get("content-type")?.startsWith("text/event-stream") ?? false;
    const first = isStream ? await answer.body?.getReader().read() : null;
    const text = first === null ? await answer.text() : new TextDecoder().decode(first?.value);
    stop.abort();
    return answer.ok && text.replaceAll("no such process: lid001:unseen:unseen", "").includes("unseen");
  }

  test("acts on that part alone, also by a pattern for everything", async () => {
    const pid = (await data(root)).supervisors.lid001?.processes["lid001:unseen:unseen"]?.pid;
    const accept = { accept: "application/json", ...bearer() };
    const answer = await hub.post("/api/process/restart", { uid: "*" }, accept);
    const { results } = (await answer.json()) as { results: { uid: string; ok: boolean }[] };
    expect(results).toMatchObject([{ uid: "lid001:PLC:a", ok: true }]);
    expect((await data(root)).supervisors.lid001?.processes["lid001:unseen:unseen"]?.pid).toBe(pid as number);
    expect((await hub.post("/api/process/stop", { uid: "lid001:unseen:unseen" }, bearer())).status).toBe(404);
    expect((await hub.post("/api/supervisor/restart", { supervisor: "lid001" }, bearer())).status).toBe(403);
  });

  test("hears of that part alone", async () => {
    const all = await openEventStream(place, hub.url, "/api/stream", root);
    const part = await openEventStream(place, hub.url, "/api/stream", bearer());
    await hub.post("/api/process/restart", { uid: "unseen" }, root);
    await hub.post("/api/process/restart", { uid: "lid001:PLC:a" }, root);
    const isOf = (uid: string) => (m: { payload: Record<string, unknown> }) => m.payload.uid === uid;
    await all.first("b to restart", isOf("lid001:unseen:unseen"));
    await part.first("a to restart", isOf("lid001:PLC:a"));
    expect(part.messages.filter((m) => JSON.stringify(m).includes("lid001:unseen:unseen"))).toEqual([]);
    expect(part.messages.filter((m) => String(m.payload.message).startsWith("unseen on"))).toEqual([]);
  });
});

describe("a viewer", () => {
  test("reads, and gets 403 for the rest", async () => {
    expect((await hub.get("/api/data", { headers: ann })).status).toBe(200);
    expect((await hub.post("/api/process/stop", { uid: "*" }, ann)).status).toBe(403);
    expect((await hub.get("/api/config/file", { headers: ann })).status).toBe(403);
  });
});

describe("multivisor hub", () => {
  test("hash-password refuses nothing as a password", async () => {
    expect(await run(["hub", "hash-password"], "\n")).toMatchObject({ code: 2, out: "" });
  });

  test("new-token says what it does not know", async () => {
    expect((await run(["hub", "new-token", "x", "--role", "boss"])).err).toContain("viewer, operator, admin");
    expect((await run(["hub", "new-token", "x", "--filter", "state:fatal"])).err).toContain("states");
  });

  test("an unknown word is told of", async () => {
    expect((await run(["hub", "new-tokn"])).err).toContain('did you mean "new-token"');
  });
});
