import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { createSimulatedLogs } from "../src/demo/simulated/logs.ts";
import type { SimulatedProgram } from "../src/demo/simulated/program.ts";
import { createSimulatedRpc } from "../src/demo/simulated/rpc.ts";
import { createSimulatedSupervisord } from "../src/demo/simulated/supervisord.ts";
import { createXmlrpcServer } from "../src/demo/simulated/xmlrpc-server.ts";
import { createZerorpcServer } from "../src/demo/simulated/zerorpc-server.ts";
import { openLogTail, type TailServer } from "../src/supervisord/logs/open-log-tail.ts";
import { createRpc, type Rpc } from "../src/supervisord/rpc-client.ts";
import type { RpcValue } from "../src/supervisord/xmlrpc-encode.ts";
import { run } from "./support/run.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";
import { startZerorpcPeer } from "./support/zerorpc-peer.ts";

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
[program:writer]
command=/bin/sh -c "echo hällo wörld; exec sleep 1000"
autostart=false
startsecs=0
`;

const plain = { autostart: false, autorestart: "true", startsecs: 0, startretries: 3, spawnFails: false } as const;
const still = { runMs: null, exitCode: 0, stopMs: 10 } as const;
const SIMULATED: readonly SimulatedProgram[] = [
  { ...plain, ...still, group: "sleeper", name: "sleeper" },
  { ...plain, ...still, group: "broken", name: "broken", spawnFails: true },
  { ...plain, ...still, group: "quick", name: "quick", startsecs: 5, startretries: 0, runMs: () => 200, exitCode: 1 },
  { ...plain, ...still, group: "job", name: "job", autorestart: "unexpected", runMs: () => 200 },
  { ...plain, ...still, group: "writer", name: "writer" },
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

const asked = async (rpc: Rpc, method: string, ...params: RpcValue[]): Promise<unknown> =>
  rpc(`supervisor.${method}`, ...params).catch(({ code, message }: { code: string; message: string }) => ({
    ...{ code, message },
  }));

/** What it tells of its log, in every way that there is, and of how it tells things. */
async function questions(rpc: Rpc, server: TailServer): Promise<unknown[]> {
  const writer = "writer:writer";
  const logOf = { kind: "process", namespec: writer, channel: "stdout" } as const;
  const reader = (await openLogTail(server, logOf, AbortSignal.timeout(5_000))).getReader();
  const tail = new TextDecoder().decode((await reader.read()).value);
  await reader.cancel();
  const keys = async (method: string) => (await asked(rpc, method)) as Record<string, unknown>[];
  const shape = (one: Record<string, unknown> | undefined) =>
    Object.entries(one ?? {})
      .map(([key, value]) => `${key}: ${typeof value}`)
      .sort();
  return [
    tail,
    await asked(rpc, "readProcessStdoutLog", writer, 0, 0),
    await asked(rpc, "readProcessStdoutLog", writer, -4, 0),
    await asked(rpc, "readProcessStdoutLog", writer, 3, 4),
    await asked(rpc, "readProcessStdoutLog", writer, 0, -1),
    await asked(rpc, "readProcessStdoutLog", "nobody:nobody", 0, 0),
    await asked(rpc, "tailProcessStdoutLog", writer, 0, 100),
    await asked(rpc, "tailProcessStdoutLog", writer, 0, 4),
    await asked(rpc, "tailProcessStdoutLog", writer, 0, 0),
    await asked(rpc, "getAPIVersion"),
    await asked(rpc, "getState"),
    await asked(rpc, "explode"),
    await asked(rpc, "sendProcessStdin", "quick:quick", "hello"),
    await rpc("system.multicall", [{ methodName: "supervisor.getVersion", params: [] }]),
    shape((await keys("getAllProcessInfo")).find(({ name }) => name === "writer")),
    shape((await keys("getAllConfigInfo")).find(({ name }) => name === "writer")),
  ];
}

describe("a simulated supervisord", () => {
  let host: TestSupervisord;
  let real: unknown;
  beforeAll(async () => {
    host = await startSupervisord(place, { name: "real", programs: PROGRAMS, agent: false });
    await waitFor("the recorder", async () => (await host.stateOf("recorder:recorder")) === "RUNNING");
    real = await scenario({ rpc: host.rpc, lines: host.recorder.lines });
  });

  const simulate = () => {
    const simulated = createSimulatedSupervisord({ identifier: "sim", programs: SIMULATED, random: () => 1 });
    const lines: string[] = [];
    simulated.subscribe(({ eventname, payload }) => lines.push(`${eventname} ${payload}`));
    place.defer(simulated.close);
    const logs = createSimulatedLogs(place.path("simulated"), simulated.clock.now);
    place.defer(logs.close);
    return { simulated, logs, lines: () => lines };
  };

  test("announces and answers what the real one does", async () => {
    const { simulated, lines } = simulate();
    expect(await scenario({ rpc: createSimulatedRpc(simulated), lines })).toEqual(real as Record<string, unknown>);
  });

  test("does so by XML-RPC too, which reads as the real one's", async () => {
    const { simulated, logs, lines } = simulate();
    const door = createXmlrpcServer(simulated, logs);
    place.defer(door.close);
    const server = { serverUrl: `http://127.0.0.1:${door.port()}` };
    const rpc = createRpc({ ...server, timeoutMs: 10_000 });
    expect(await scenario({ rpc, lines })).toEqual(real as Record<string, unknown>);

    await host.rpc("supervisor.startProcess", "writer:writer");
    const [writer] = [simulated.processes().get("writer:writer")].filter((one) => one !== undefined);
    logs.write(writer!, "stdout", "hällo wörld\n");
    const realServer = { serverUrl: `unix://${place.path("real", "s.sock")}` };
    await waitFor(
      "what it writes",
      async () => (await asked(host.rpc, "readProcessStdoutLog", "writer:writer", 0, 0)) !== "",
    );
    expect(await questions(rpc, server)).toEqual(await questions(host.rpc, realServer));
  });
});

describe.each(["rpcinterface", "eventlistener"] as const)("a simulated agent of Multivisor 6 (%s)", (kind) => {
  const follow = async (port: number) => {
    const script = join(import.meta.dir, "support", "zerorpc_client.py");
    const { stdout, stderr, exitCode } = await run(place, ["/usr/bin/python3", script, `127.0.0.1:${port}`]);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    return stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
  };

  test("says to a client with libzmq what the wire of the old one says", async () => {
    const peer = await startZerorpcPeer(place, kind);
    const program = { ...plain, ...still, group: "web", name: "api", startsecs: 0.2, stopMs: 100 };
    const simulated = createSimulatedSupervisord({ identifier: "sim", programs: [program], random: () => 1 });
    const logs = createSimulatedLogs(place.path(kind), simulated.clock.now);
    const door = await createZerorpcServer(simulated, logs, kind);
    for (const end of [simulated.close, logs.close, door.close]) place.defer(end);
    expect(await follow(door.port())).toEqual(await follow(peer.port));
  });
});
