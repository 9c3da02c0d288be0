import { OK_READY, READY } from "../../src/agent/listener.ts";
import { freePort } from "../../src/demo/free-port.ts";
import { createEventPool } from "../../src/demo/simulated/event-pool.ts";
import { createSimulatedHost, type SimulatedHost } from "../../src/demo/simulated/host.ts";
import type { RawEvent } from "../../src/supervisord/event-reader.ts";
import { multivisor } from "../../test/support/executable.ts";
import type { TestPlace } from "../../test/support/test-place.ts";

/** The real agent's process, whose supervisord is this program: so what it costs is the agent's alone. */
export type PlayedSupervisord = {
  readonly host: SimulatedHost;
  readonly agentPort: number;
  readonly agentPid: number;
  /** events that the agent has answered */
  readonly answered: () => number;
};

const messageOf = (server: string, { serial, pool, poolserial, eventname, payload }: RawEvent): string =>
  `ver:3.0 server:${server} serial:${serial} pool:${pool} poolserial:${poolserial} eventname:${eventname} len:${payload.length}\n${payload}`;

/** Speaks the event listener protocol with an agent that it starts, and answers its XML-RPC. */
export async function playSupervisord(place: TestPlace, processes: number): Promise<PlayedSupervisord> {
  const name = "played";
  const what = { name, link: "xmlrpc", processes, seed: 1, peculiar: false, offsetMs: 0, dir: place.dir } as const;
  const host = await createSimulatedHost(what);
  place.defer(host.close);
  const agentPort = await freePort();
  const where = ["--bind", `127.0.0.1:${agentPort}`, "--journal", place.path("played.sqlite")];
  const agent = Bun.spawn(multivisor("agent", ...where), {
    env: {
      ...{ ...place.env, SUPERVISOR_ENABLED: "1", SUPERVISOR_SERVER_URL: host.url() },
      ...{ SUPERVISOR_GROUP_NAME: "multivisor", SUPERVISOR_PROCESS_NAME: "multivisor" },
    },
    ...{ cwd: place.dir, stdin: "pipe", stdout: "pipe", stderr: Bun.file(place.path("played-agent.log")) },
  });
  place.defer(() => agent.kill());
  const pool = createEventPool("multivisor");
  host.supervisord.subscribe(({ eventname, payload }) => pool.emit(eventname, payload));
  const waiting: RawEvent[] = [];
  let answered = 0;
  let isReady = false;
  const next = () => {
    const event = isReady ? waiting.shift() : undefined;
    if (event === undefined) return;
    isReady = false;
    agent.stdin.write(messageOf(name, event));
    void agent.stdin.flush();
  };
  pool.attach((event) => {
    waiting.push(event);
    next();
  });
  void (async () => {
    let text = "";
    for await (const bytes of agent.stdout) {
      text += new TextDecoder().decode(bytes);
      while (text.startsWith(READY) || text.startsWith(OK_READY)) {
        if (text.startsWith(OK_READY)) answered++;
        text = text.slice(text.startsWith(READY) ? READY.length : OK_READY.length);
        isReady = true;
        next();
      }
    }
  })();
  return { host, agentPort, agentPid: agent.pid, answered: () => answered };
}
