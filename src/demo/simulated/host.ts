import { join } from "node:path";
import type { Journal } from "../../agent/journal.ts";
import { matchesGlob } from "../../lib/glob.ts";
import { freePort } from "../free-port.ts";
import { seededRandom } from "../random.ts";
import { AGENT, createAgentServer } from "./agent-server.ts";
import { createHostClock } from "./host-clock.ts";
import type { LinkServer } from "./link-server.ts";
import { createSimulatedLogs, type SimulatedLogs } from "./logs.ts";
import type { SimulatedProcess } from "./process.ts";
import { agentProgram, simulatedPrograms } from "./program.ts";
import { type AfterStop, createSimulatedSupervisord, type SimulatedSupervisord } from "./supervisord.ts";
import { createXmlrpcServer } from "./xmlrpc-server.ts";
import { createZerorpcServer } from "./zerorpc-server.ts";

export const LINKS = ["agent", "xmlrpc", "zerorpc", "zerorpc-listener"] as const;
export type LinkName = (typeof LINKS)[number];

/** A host with a supervisord, and all that can befall it. */
export type SimulatedHost = {
  readonly name: string;
  readonly link: LinkName;
  /** as multivisor.conf has it */
  readonly url: () => string;
  readonly supervisord: SimulatedSupervisord;
  readonly logs: SimulatedLogs;
  readonly standing: () => Standing;
  /** The network to it ends with all connections, or comes back. */
  readonly connect: (isUp: boolean) => Promise<void>;
  /** It stands still, network and all, and nobody is told; false: it goes on. */
  readonly freeze: (isFrozen: boolean) => void;
  /** The network is silent: connections stay, nothing passes; the host goes on. */
  readonly mute: (isMute: boolean) => void;
  /** The power fails. */
  readonly fall: () => Promise<void>;
  /** It is switched on again: supervisord is a new process. */
  readonly rise: () => Promise<void>;
  /** The agent is killed, and supervisord starts it again. @param forgets its journal is lost */
  readonly restartAgent: (forgets: boolean) => void;
  /** While it is down: what its agent kept is lost. @returns where it keeps from now on; null: it has none */
  readonly forget: () => Journal | null;
  readonly matching: (pattern: string) => SimulatedProcess[];
  readonly close: () => void;
};

export type Standing = "up" | "cut" | "mute" | "frozen" | "down";

/** What an agent needs to start. */
const AGENT_START_MS = 50;

export type HostOptions = {
  readonly name: string;
  readonly link: LinkName;
  readonly processes: number;
  readonly seed: number;
  /** of its logs */
  readonly dir: string;
  /** false: nothing happens to its processes by itself */
  readonly peculiar: boolean;
  readonly offsetMs: number;
  /** where it is to be reached; default: any that is free */
  readonly port?: number;
};

/** The event listener's own place, where there is one. */
const LISTENERS = {
  ...{ agent: AGENT, xmlrpc: null, zerorpc: null },
  "zerorpc-listener": { group: "multivisor-rpc", name: "multivisor-rpc" },
} as const;

export async function createSimulatedHost(options: HostOptions): Promise<SimulatedHost> {
  const { name, link } = options;
  const random = seededRandom(options.seed);
  const clock = createHostClock(options.offsetMs);
  const listener = LISTENERS[link];
  const programs = simulatedPrograms(options.processes, random, options.peculiar);
  const supervisord = createSimulatedSupervisord({
    ...{ identifier: name, random, clock, onStopped },
    programs: listener === null ? programs : [agentProgram(listener), ...programs],
    ...(listener === null ? {} : { pool: listener.group }),
  });
  const logs = createSimulatedLogs(join(options.dir, name), clock.now);
  const server = await openServer(options.port ?? (await freePort()));
  let standing: Standing = "up";
  let starting: Timer | undefined;

  function openServer(port: number): Promise<LinkServer> | LinkServer {
    switch (link) {
      case "agent":
        return createAgentServer({ supervisord, logs, random, onRestartSelf: () => restartAgent(false) }, port);
      case "xmlrpc":
        return createXmlrpcServer(supervisord, logs, port);
      case "zerorpc":
        return createZerorpcServer(supervisord, logs, "rpcinterface", port);
      case "zerorpc-listener":
        return createZerorpcServer(supervisord, logs, "eventlistener", port);
    }
  }
  /** Nobody answers while there is nobody. */
  const present = async (isPresent: boolean) => {
    if (isPresent) server.begin();
    await server.connect(isPresent && standing !== "cut" && standing !== "down");
  };
  const beginSoon = () => {
    clearTimeout(starting);
    starting = setTimeout(() => void present(true), AGENT_START_MS);
  };
  function onStopped(then: AfterStop): void {
    server.end(true);
    if (then === "restart") {
      supervisord.boot();
      beginSoon();
    } else standing = "down";
    void present(false);
  }
  function restartAgent(forgets: boolean): void {
    server.end(false);
    if (forgets) server.forget();
    if (listener !== null) supervisord.processes().get(`${listener.group}:${listener.name}`)?.kill();
    void present(false);
    beginSoon();
  }
  const hold = (isHeld: boolean) => server.hold(isHeld);

  supervisord.settle();
  server.begin();
  return {
    ...{ name, link, supervisord, logs, restartAgent },
    url: () => `${server.scheme}127.0.0.1:${server.port()}`,
    standing: () => standing,
    async connect(isUp) {
      standing = isUp ? "up" : "cut";
      await server.connect(isUp);
    },
    freeze(isFrozen) {
      standing = isFrozen ? "frozen" : "up";
      hold(isFrozen);
      supervisord.pool.hold(isFrozen);
    },
    mute(isMute) {
      standing = isMute ? "mute" : "up";
      hold(isMute);
    },
    async fall() {
      standing = "down";
      clearTimeout(starting);
      supervisord.vanish();
      server.end(false);
      await present(false);
    },
    async rise() {
      if (standing !== "down") return;
      standing = "up";
      supervisord.boot();
      await present(true);
    },
    forget: () => server.forget(),
    matching: (pattern) =>
      [...supervisord.processes()].filter(([spec]) => matchesGlob(pattern, spec)).map(([, process]) => process),
    close() {
      clearTimeout(starting);
      server.close();
      supervisord.close();
      logs.close();
    },
  };
}
