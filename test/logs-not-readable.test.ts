import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { appendFileSync, chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { freePort } from "../src/demo/free-port.ts";
import { parseSse } from "../src/lib/sse-parse.ts";
import { multivisor } from "./support/executable.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { startSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const isRoot = process.getuid?.() === 0;
const log = () => place.path("logs", "secret.log");
let hub: TestHub;

/** The agent as somebody who may not read the logs, and a hub that reads straight from supervisord as well. */
beforeAll(async () => {
  if (!isRoot) return;
  for (const folder of ["logs", "journal", "lid001"]) mkdirSync(place.path(folder));
  for (const folder of [place.dir, place.path("journal")]) chmodSync(folder, 0o777);
  const agentPort = await freePort();
  const words = multivisor("agent", "--bind", `127.0.0.1:${agentPort}`, "--journal", place.path("journal", "j.sqlite"));
  const programs = `
[eventlistener:multivisor]
command=${words.join(" ")}
user=nobody
events=PROCESS_STATE,PROCESS_GROUP,SUPERVISOR_STATE_CHANGE,REMOTE_COMMUNICATION,TICK_5
priority=-987
startretries=1000000
stdout_logfile=NONE
stderr_logfile=${place.path("agent.log")}
[program:secret]
command=/bin/sleep 1000
startsecs=0
stdout_logfile=${log()}
stderr_logfile=NONE
`;
  await startSupervisord(place, { name: "lid001", programs, agent: false, recorder: false });
  const socket = place.path("lid001", "s.sock");
  for (const [file, mode] of [
    [place.path("lid001"), 0o755],
    [socket, 0o777],
    [log(), 0o600],
    [place.path("lid001", "supervisord.log"), 0o600],
  ] as const)
    chmodSync(file, mode);
  hub = await startHub(place, { supervisors: [{ name: "lid001", agentPort }] });
  hub.rewrite(
    `[global]\nname=x\n[supervisor:lid001]\nurl=127.0.0.1:${agentPort}\n[supervisor:plain]\nurl=unix://${socket}\n`,
  );
  await hub.post("/api/admin/reload");
  await hub.live("lid001", "plain");
}, 60_000);

describe.skipIf(!isRoot).each(["lid001", "plain"])("logs that only supervisord may read, on %s", (name) => {
  const uid = `${name}:secret:secret`;
  const json = (path: string) => hub.json<Record<string, unknown>>(path);

  test("come from supervisord, and say so", async () => {
    writeFileSync(log(), "one\ntwo ✓\nthree\n");
    const last = await json(`/api/process/log/out/${uid}?lines=2`);
    expect(last).toMatchObject({ text: "two ✓\nthree\n", offset: 4, end: 18, size: 18, source: "supervisord" });
    expect(await json(`/api/process/log/out/${uid}?lines=-5&offset=${last.previous}`)).toMatchObject({
      text: "one\n",
      previous: null,
    });
    expect(await (await hub.get(`/api/process/log/out/download/${uid}`)).text()).toBe("one\ntwo ✓\nthree\n");
    expect(await json(`/api/process/log/out/search/${uid}?q=t[wx]o&regex=1&after=1`)).toMatchObject({
      ...{ complete: true, source: "supervisord" },
      matches: [{ offset: 4, line: "two ✓", after: ["three"] }],
    });
  });

  test("are cut at no character, wherever a page ends", async () => {
    const text = "aé✓😀zß✓✓😀\n";
    writeFileSync(log(), text);
    for (let size = 4; size < Buffer.byteLength(text); size++) {
      const one = (await json(`/api/process/log/out/${uid}?offset=0&length=${size}`)) as { text: string; next: string };
      const rest = (await json(`/api/process/log/out/${uid}?offset=${one.next}&length=100`)) as { text: string };
      expect(one.text + rest.text).toBe(text);
    }
  });

  test("are shown where supervisord cannot send every byte", async () => {
    writeFileSync(log(), Buffer.concat([Buffer.from("caf"), Buffer.from([0xe9]), Buffer.from(" au lait ✓\n")]));
    expect((await json(`/api/process/log/out/${uid}`)).text).toBe("caf\ufffd au lait ✓\n");
  });

  test("are followed", async () => {
    writeFileSync(log(), "begin\n");
    const stop = new AbortController();
    place.defer(() => stop.abort());
    const answer = await hub.get(`/api/process/log/out/tail/${uid}`, { signal: stop.signal });
    let text = "";
    void (async () => {
      if (answer.body !== null) for await (const { data } of parseSse(answer.body)) text += JSON.parse(data).message;
    })().catch(() => {});
    await waitFor("the beginning", () => text === "begin\n");
    for (const byte of Buffer.from("✓ and\n")) appendFileSync(log(), new Uint8Array([byte]));
    await waitFor("the rest", () => text === "begin\n✓ and\n");
    stop.abort();
  });

  test("supervisord's own as well", async () => {
    const last = await json(`/api/supervisor/log/${name}`);
    expect(last.source).toBe("supervisord");
    expect(last.text).toContain("supervisord started with pid");
    expect((await hub.get(`/api/process/log/err/${uid}`)).status).toBe(404);
  });
});
