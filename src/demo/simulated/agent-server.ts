import { createAgent } from "../../agent/agent.ts";
import { createHttpApp } from "../../agent/http-app.ts";
import { type Journal, openJournal } from "../../agent/journal.ts";
import { createLogDoor } from "../../agent/logs/log-door.ts";
import { RIGHTS } from "../../domain/rights.ts";
import { VERSION } from "../../lib/build-info.ts";
import { createLogger } from "../../lib/logger.ts";
import type { Random } from "../random.ts";
import { openHttpDoor } from "./http-door.ts";
import type { SimulatedLogs } from "./logs.ts";
import { simulatedObserver } from "./observer.ts";
import { createSimulatedRpc } from "./rpc.ts";
import type { LinkServer } from "./link-server.ts";
import type { SimulatedSupervisord } from "./supervisord.ts";

export const AGENT = { group: "multivisor", name: "multivisor" } as const;

type Deps = {
  readonly supervisord: SimulatedSupervisord;
  readonly logs: SimulatedLogs;
  readonly random: Random;
  /** it was asked to start anew */
  readonly onRestartSelf: () => void;
};

/** One run of the real agent; its journal outlives it. */
function runAgent({ supervisord, logs, random, onRestartSelf }: Deps, journal: Journal) {
  const log = createLogger("ERROR");
  const ended = new AbortController();
  const rpc = createSimulatedRpc(supervisord, logs);
  const agent = createAgent({
    ...{ journal, log, rpc, self: AGENT, version: VERSION, now: supervisord.clock.now },
    supervisord: { pid: supervisord.pid(), startTicks: null },
    restartSelf: onRestartSelf,
    observe: simulatedObserver(supervisord, random),
  });
  const look = (name: string) => {
    const process = supervisord.processes().get(name);
    if (process === undefined) return undefined;
    for (const channel of ["stdout", "stderr"] as const) logs.look(process, channel);
    return agent.snapshot()?.processes.find((one) => `${one.group}:${one.name}` === name);
  };
  const logDoor = createLogDoor({ places: { process: look, mainLog: () => null }, rpc, server: null });
  const app = createHttpApp({ agent, logs: logDoor, token: null, allows: RIGHTS, now: supervisord.clock.now, log });
  const detach = supervisord.pool.attach((event) => agent.handleEvent(event)());
  void agent.run(ended.signal);
  return {
    fetch: app.fetch,
    end(isClean: boolean) {
      detach();
      if (isClean) agent.noteStop();
      ended.abort();
      app.close();
    },
  };
}

/** The agents' protocol: the real agent over a simulated supervisord, its journal in memory. */
export function createAgentServer(deps: Deps, port?: number): LinkServer {
  let journal = openJournal(":memory:");
  let agent: ReturnType<typeof runAgent> | null = null;
  const gone = () => Promise.resolve(new Response("no agent", { status: 503 }));
  const door = openHttpDoor((request, server) => agent?.fetch(request, server) ?? gone(), port);
  return {
    ...door,
    scheme: "",
    begin() {
      agent ??= runAgent(deps, journal);
    },
    end(isClean) {
      agent?.end(isClean);
      agent = null;
    },
    forget() {
      journal.close();
      journal = openJournal(":memory:");
      return journal;
    },
    close() {
      this.end(false);
      void door.connect(false);
      journal.close();
    },
  };
}
