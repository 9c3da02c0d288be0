import { afterAll, describe, expect, test } from "bun:test";
import type { SimulatedProgram } from "../src/demo/simulated/program.ts";
import { createSimulatedRpc } from "../src/demo/simulated/rpc.ts";
import { createSimulatedSupervisord } from "../src/demo/simulated/supervisord.ts";
import type { Rpc } from "../src/supervisord/rpc-client.ts";
import { startSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = `
[program:sleeper]
command=/bin/sleep 1000
autostart=false
autorestart=true
startsecs=0
[program:broken]
command=/opt/broken
autostart=false
[program:quick]
command=/bin/sh -c "sleep 0.2; exit 1"
autostart=false
startsecs=5
startretries=0
[program:job]
command=/bin/sleep 0.2
autostart=false
startsecs=0
autorestart=unexpected
`;

const plain = { autostart: false, autorestart: "true", startsecs: 0, startretries: 3, spawnFails: false } as const;
const still = { runMs: null, exitCode: 0, stopMs: 10 } as const;
const SIMULATED: readonly SimulatedProgram[] = [
  { ...plain, ...still, group: "sleeper", name: "sleeper" },
  { ...plain, ...still, group: "broken", name: "broken", spawnFails: true },
  { ...plain, ...still, group: "quick", name: "quick", startsecs: 5, startretries: 0, runMs: () => 200, exitCode: 1 },
  { ...plain, ...still, group: "job", name: "job", autorestart: "unexpected", runMs: () => 200 },
];

type World = { readonly rpc: Rpc; readonly lines: () => string[] };

/** Drives one world; each step waits for what it brings about. @returns events and answers, by program, without pids */
async function scenario({ rpc, lines }: World): Promise<Record<string, unknown>> {
  const events = (name: string) =>
    lines()
      .filter((line) => line.startsWith("PROCESS_STATE") && line.includes(`processname:${name} `))
      .map((line) => line.replace(/pid:[1-9]\d*/, "pid:N"));
  const becomes = (name: string, last: string, count: number) =>
    waitFor(
      () => `${name} to be ${last}: ${events(name).join(" | ")}`,
      () => events(name).filter((line) => line.startsWith(`PROCESS_STATE_${last} `)).length >= count,
    );
  const refusal = (method: string, name: string) =>
    rpc(method, name, false).then(
      () => "done",
      (error: { code?: string }) => error.code,
    );
  const facts = async (name: string) => {
    const info = (await rpc("supervisor.getProcessInfo", name)) as Record<string, unknown>;
    const { group, state, statename, spawnerr, exitstatus, description } = info;
    const told = String(description).replace(/\w{3} \d\d \d\d:\d\d [AP]M/, "<date>");
    return { name: info.name, group, state, statename, spawnerr, exitstatus, told };
  };

  const answers = [
    await refusal("supervisor.stopProcess", "sleeper"),
    await refusal("supervisor.startProcess", "nobody"),
  ];
  await rpc("supervisor.startProcess", "sleeper", false);
  await becomes("sleeper", "RUNNING", 1);
  answers.push(await refusal("supervisor.startProcess", "sleeper"));
  await rpc("supervisor.signalProcess", "sleeper", "KILL");
  await becomes("sleeper", "RUNNING", 2);
  await rpc("supervisor.stopProcess", "sleeper", false);
  await becomes("sleeper", "STOPPED", 1);
  await rpc("supervisor.startProcess", "quick", false);
  await becomes("quick", "FATAL", 1);
  await rpc("supervisor.startProcess", "job", false);
  await becomes("job", "EXITED", 1);
  const names = ["sleeper", "quick", "job"];
  return {
    answers,
    events: names.map(events),
    facts: await Promise.all(["quick", "job"].map(facts)),
  };
}

describe("a simulated supervisord", () => {
  test("announces and answers what the real one does", async () => {
    const host = await startSupervisord(place, { name: "real", programs: PROGRAMS, agent: false });
    await waitFor("the recorder", async () => (await host.stateOf("recorder:recorder")) === "RUNNING");
    const real = await scenario({ rpc: host.rpc, lines: host.recorder.lines });

    const simulated = createSimulatedSupervisord({ identifier: "sim", programs: SIMULATED, random: () => 1 });
    const lines: string[] = [];
    simulated.subscribe(({ eventname, payload }) => lines.push(`${eventname} ${payload}`));
    place.defer(simulated.close);
    expect(await scenario({ rpc: createSimulatedRpc(simulated), lines: () => lines })).toEqual(real);
  });
});
