import { afterAll, beforeAll, expect, test } from "bun:test";
import { type EventStream, openEventStream } from "./support/event-stream.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = `
[program:stubborn]
command=/bin/bash -c "trap '' TERM; while :; do sleep 0.1; done"
stopwaitsecs=8
startsecs=0
stopasgroup=false
killasgroup=true
[program:quick]
command=/bin/sleep 1000
startsecs=0
stopsignal=KILL
`;

const SIGTERM = 15;

let host: TestSupervisord;
let hub: TestHub;
let stream: EventStream;

beforeAll(async () => {
  host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS });
  hub = await startHub(place, { supervisors: [host] });
  await hub.live("lid001");
  stream = await openEventStream(place, hub.url);
}, 60_000);

type Results = { results: { uid: string; ok: boolean; state: string }[] };

async function act(action: string, name: string): Promise<Results["results"][number] | undefined> {
  const answer = await hub.post(
    `/api/process/${action}`,
    { uid: `lid001:${name}:${name}` },
    { accept: "application/json" },
  );
  return ((await answer.json()) as Results).results[0];
}

test("while a process takes its time to stop, everything else on its supervisor goes on", async () => {
  const order: string[] = [];
  // Its shell must have set the trap.
  await waitFor("the trap", async () => {
    const pid = await host.pidOf("stubborn:stubborn");
    const status = await Bun.file(`/proc/${pid}/status`).text();
    const ignored = Number.parseInt(/^SigIgn:\s+([0-9a-f]+)$/m.exec(status)?.[1] ?? "0", 16);
    return (ignored & (1 << (SIGTERM - 1))) !== 0;
  });
  const stopped = act("stop", "stubborn").then((result) => {
    order.push(`stubborn ${result?.state}`);
    return result;
  });
  await waitFor(
    "STOPPING to be shown",
    async () => (await hub.process("lid001:stubborn:stubborn"))?.statename === "STOPPING",
  );
  const page = await (await hub.get("/")).text();
  expect(/Stopping<\/span><time class="age" data-since="\d+"/.test(page)).toBe(true);
  for (const round of [1, 2, 3]) {
    expect(await act("stop", "quick")).toMatchObject({ ok: true, state: "STOPPED" });
    expect(await act("start", "quick")).toMatchObject({ ok: true, state: "RUNNING" });
    const { status } = await hub.get("/api/process/info/lid001:quick:quick");
    expect(status).toBe(200);
    order.push(`round ${round}`);
  }
  expect(await stopped).toMatchObject({ ok: true, state: "STOPPED" });
  expect(order).toEqual(["round 1", "round 2", "round 3", "stubborn STOPPED"]);
  await stream.first(
    "the notification",
    ({ event, payload }) =>
      event === "notification" && payload.message === "stubborn on lid001 changed from STOPPING to STOPPED",
  );
}, 60_000);
