import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { defineCommand } from "citty";
import { MultivisorError, messageOf } from "../domain/errors.ts";
import { parseBindAddress } from "../lib/bind-address.ts";
import type { Child } from "./child.ts";
import { DEMO_MARK, killAll, markedProcesses } from "./descendants.ts";
import { probePort } from "./free-port.ts";
import { ownCommand } from "../lib/own-command.ts";
import { startRealPlace } from "./real-place.ts";
import { shutDown } from "./shut-down.ts";
import { startSimulatedPlace } from "./simulated-place.ts";
import { farewell, greeting } from "./words.ts";

const DEFAULT_PORT = 22_000;
/** where there is no supervisord */
const FALLBACK = { supervisors: 3, processes: 9, seed: 1 };

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Aborted by the first Ctrl-C, `kill` or closed terminal. */
function untilSignalled(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => controller.abort());
  process.stdout.on("error", () => {}); // whoever reads us may leave before we do
  return controller.signal;
}

const aborted = (signal: AbortSignal): Promise<void> =>
  signal.aborted
    ? Promise.resolve()
    : new Promise((done) => signal.addEventListener("abort", () => done(), { once: true }));

/** @returns where a browser on this machine finds the hub */
async function hubAddress(bind: string): Promise<{ readonly bind: string; readonly url: string }> {
  try {
    const { hostname, port } = parseBindAddress(bind, DEFAULT_PORT);
    const free = await probePort(hostname, port);
    const local = hostname === "0.0.0.0" || hostname === "127.0.0.1" ? "localhost" : hostname;
    return {
      bind: port === 0 ? `${hostname}:${free}` : bind,
      url: `http://${local.includes(":") ? `[${local}]` : local}:${free}`,
    };
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
    const why = taken ? `${bind} is in use; choose another port, for example --bind *:22001` : messageOf(error);
    throw new MultivisorError("BAD_CONFIG", `Cannot start the demo: ${why}`);
  }
}

/** A temporary folder, or the one asked for. The real path, because the processes' mark is compared with it. */
function makeDir(wanted: string | undefined): string {
  if (wanted === undefined) return realpathSync(mkdtempSync(join(tmpdir(), "multivisor-demo-")));
  mkdirSync(resolve(wanted), { recursive: true });
  return realpathSync(resolve(wanted));
}

function positive(flag: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new MultivisorError("BAD_CONFIG", `Cannot start the demo: --${flag} ${text} is not a whole number above 0`);
}

type Flags = {
  bind: string;
  dir?: string | undefined;
  simulated?: string | undefined;
  processes: string;
  seed: string;
};

function simulationWanted(flags: Flags): { supervisors: number; processes: number; seed: number } | null {
  if (flags.simulated === undefined) return null;
  return {
    supervisors: positive("simulated", flags.simulated),
    processes: positive("processes", flags.processes),
    seed: positive("seed", flags.seed),
  };
}

async function runDemo(flags: Flags): Promise<void> {
  const signal = untilSignalled();
  const simulation = simulationWanted(flags);
  const address = await hubAddress(flags.bind);
  const dir = makeDir(flags.dir);
  const children: Child[] = [];
  const env = { ...process.env, [DEMO_MARK]: dir };
  const options = { ...address, dir, self: ownCommand(), env, onChild: (child: Child) => children.push(child), signal };
  const ending = new AbortController();
  const clear = () => {
    if (flags.dir === undefined) rmSync(dir, { recursive: true, force: true });
  };
  const lastResort = () => {
    killAll(markedProcesses(dir));
    clear();
  };
  process.once("exit", lastResort); // whatever made us end before what follows is done
  try {
    const supervisord = simulation === null ? Bun.which("supervisord") : null;
    if (simulation === null && supervisord === null)
      say("No supervisord in PATH (Debian: apt-get install supervisor): showing simulated ones.");
    say("Starting…");
    if (supervisord !== null) await startRealPlace(supervisord, options);
    else
      await startSimulatedPlace(simulation ?? FALLBACK, {
        ...options,
        signal: AbortSignal.any([signal, ending.signal]),
      });
    if (!signal.aborted) say(greeting({ url: address.url, dir, self: options.self, real: supervisord !== null }));
    await aborted(signal);
  } finally {
    ending.abort();
    say("Ending what was started…");
    const left = await shutDown(children, dir);
    clear();
    process.removeListener("exit", lastResort);
    say(farewell(left, flags.dir === undefined ? null : dir));
  }
}

export const demoCommand = defineCommand({
  meta: {
    name: "demo",
    description: "A place to try multivisor: three supervisords with an agent in each, and the hub",
  },
  args: {
    bind: { type: "string", default: `*:${DEFAULT_PORT}`, valueHint: "ADDRESS", description: "Where the hub listens" },
    dir: { type: "string", valueHint: "DIR", description: "Write configuration, logs and history here, and keep them" },
    simulated: { type: "string", valueHint: "N", description: "N simulated supervisords instead of real ones" },
    processes: {
      type: "string",
      default: "50",
      valueHint: "P",
      description: "Processes of each simulated supervisord",
    },
    seed: { type: "string", default: "1", valueHint: "S", description: "Of the simulated chance" },
  },
  run: ({ args }) => runDemo(args),
});
