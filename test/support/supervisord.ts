import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { freePort } from "../../src/demo/free-port.ts";
import { createRpc, type Rpc } from "../../src/supervisord/rpc-client.ts";
import { multivisor } from "./executable.ts";
import { createRecorder, type Recorder } from "./recorder.ts";
import type { TestPlace } from "./test-place.ts";
import { waitFor } from "./wait-for.ts";

export type TestSupervisord = {
  readonly name: string;
  readonly agentPort: number;
  readonly rpc: Rpc;
  readonly recorder: Recorder;
  readonly conf: string;
  readonly pid: () => number;
  readonly start: () => Promise<void>;
  readonly hasExited: () => boolean;
  /** SIGTERM, and waits for its end */
  readonly stop: () => Promise<void>;
  /** pid of one of its processes, 0 for none */
  readonly pidOf: (namespec: string) => Promise<number>;
  readonly stateOf: (namespec: string) => Promise<string>;
  /** new sections for the next start or reread */
  readonly rewrite: (programs: string) => void;
  readonly agentLog: () => string;
};

export type SupervisordOptions = {
  readonly name: string;
  /** [program:x] and [group:x] sections */
  readonly programs: string;
  /** default true */
  readonly agent?: boolean;
  /** default true */
  readonly recorder?: boolean;
  readonly multivisorCommand?: (...args: string[]) => string[];
  /** further flags of the agent */
  readonly agentArgs?: readonly string[];
  /** further keys of the agent's section */
  readonly agentKeys?: string;
  /** where the agent keeps its journal; default: the folder of this supervisord */
  readonly journal?: string;
  /** where the agent listens; default 127.0.0.1 */
  readonly address?: string;
  /** words in front of supervisord's command line, of a program that becomes it or waits for it */
  readonly prefix?: readonly string[];
  /** what it takes for its process id, where that is not what we see */
  readonly ownPid?: number;
  /** "user=nobody" and the like, in [supervisord] */
  readonly global?: string;
};

const agentSection = (command: readonly string[], dir: string, keys: string) => `
[eventlistener:multivisor]
command=${command.map((word) => `"${word.replaceAll("%", "%%")}"`).join(" ")}
events=PROCESS_STATE,PROCESS_GROUP,SUPERVISOR_STATE_CHANGE,REMOTE_COMMUNICATION,TICK_5
buffer_size=16384
priority=-987
autorestart=true
startretries=1000000
startsecs=1
stopwaitsecs=10
stdout_logfile=NONE
stderr_logfile=${dir}/agent.log
${keys}
`;

const confText = (name: string, dir: string, options: SupervisordOptions, parts: readonly string[]) => `
[supervisord]
identifier=${name}
${options.global ?? "user=root"}
logfile=${dir}/supervisord.log
pidfile=${dir}/supervisord.pid
childlogdir=${dir}
minfds=256
[unix_http_server]
file=${dir}/s.sock
[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
[supervisorctl]
serverurl=unix://${dir}/s.sock
${parts.join("\n")}`;

/** A real supervisord with the recommended agent section, the recorder and the given programs. Returns when it answers. */
export async function startSupervisord(place: TestPlace, options: SupervisordOptions): Promise<TestSupervisord> {
  const { name } = options;
  const dir = place.path(name);
  mkdirSync(dir, { recursive: true });
  const agentPort = await freePort();
  const conf = `${dir}/supervisord.conf`;
  const recorder = createRecorder(place, name);
  const command = (options.multivisorCommand ?? multivisor)(
    ...[
      "agent",
      "--bind",
      `${options.address ?? "127.0.0.1"}:${agentPort}`,
      "--journal",
      options.journal ?? `${dir}/journal.sqlite`,
      ...(options.agentArgs ?? []),
    ],
  );
  const rewrite = (programs: string) => {
    const agent = options.agent === false ? "" : agentSection(command, dir, options.agentKeys ?? "");
    writeFileSync(
      conf,
      confText(name, dir, options, [agent, options.recorder === false ? "" : recorder.section, programs]),
    );
  };
  rewrite(options.programs);
  const rpc = createRpc({ serverUrl: `unix://${dir}/s.sock`, timeoutMs: 10_000 });
  let running: Bun.Subprocess | null = null;
  const start = async () => {
    const log = Bun.file(`${dir}/supervisord.out`);
    const proc = Bun.spawn([...(options.prefix ?? []), "supervisord", "-n", "-c", conf], {
      ...{ cwd: dir, env: place.env, stdin: "ignore", stdout: log, stderr: log, detached: true },
    });
    running = proc;
    await waitFor(`supervisord ${name} to answer`, async () => {
      if (proc.exitCode !== null)
        throw new Error(`supervisord ended: ${readFileSync(`${dir}/supervisord.out`, "utf8")}`);
      return (await rpc("supervisor.getPID")) === (options.ownPid ?? proc.pid);
    });
  };
  const stop = async () => {
    running?.kill("SIGTERM");
    await running?.exited;
    running = null;
  };
  const info = async (namespec: string) =>
    (await rpc("supervisor.getProcessInfo", namespec)) as { pid: number; statename: string };
  place.defer(() => running?.kill("SIGKILL"));
  await start();
  return {
    ...{ name, agentPort, rpc, recorder, conf, start, stop, rewrite },
    pid: () => running?.pid ?? 0,
    hasExited: () => running === null || running.exitCode !== null || running.signalCode !== null,
    pidOf: async (namespec) => (await info(namespec)).pid,
    stateOf: async (namespec) => (await info(namespec)).statename,
    agentLog: () => readFileSync(`${dir}/agent.log`, "utf8"),
  };
}
