import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { defineCommand } from "citty";
import { MultivisorError, messageOf } from "../domain/errors.ts";
import { parseBindAddress } from "../lib/bind-address.ts";
import { ownCommand } from "../lib/own-command.ts";
import type { Child } from "./child.ts";
import { DEMO_MARK, killAll, markedProcesses } from "./descendants.ts";
import { freePort, probePort } from "./free-port.ts";
import { PAST_ARGS, type PastFlags, parsePast, refuseSecondPast } from "./past-flags.ts";
import { startRealPlace } from "./real-place.ts";
import { shutDown } from "./shut-down.ts";
import { startSimulatedPlace } from "./simulated/place.ts";
import { parseSimulation, SIMULATION_ARGS, type SimulationFlags } from "./simulation-flags.ts";
import { farewell, greeting } from "./words.ts";

const DEFAULT_PORT = 22_000;

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
    const { hostname, port: wanted } = parseBindAddress(bind, DEFAULT_PORT);
    const port = await (wanted === 0 ? freePort(hostname) : probePort(hostname, wanted));
    const local = hostname === "0.0.0.0" || hostname === "127.0.0.1" ? "localhost" : hostname;
    return {
      bind: wanted === 0 ? `${hostname}:${port}` : bind,
      url: `http://${local.includes(":") ? `[${local}]` : local}:${port}`,
    };
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
    const why = taken ? `${bind} is in use; choose another port, for example --bind *:22001` : messageOf(error);
    throw new MultivisorError("BAD_CONFIG", `Cannot start the demo: ${why}`);
  }
}

/** The end of one would end what the other has started. */
function refuseSecondDemo(dir: string): void {
  const [pid] = markedProcesses(dir);
  if (pid === undefined) return;
  const why = `another demo runs in ${dir} (process ${pid} is of it); end that one, or choose another --dir`;
  throw new MultivisorError("BAD_CONFIG", `Cannot start the demo: ${why}`);
}

/** A temporary folder, or the one asked for. The real path, because the processes' mark is compared with it. */
function makeDir(wanted: string | undefined): string {
  if (wanted === undefined) return realpathSync(mkdtempSync(join(tmpdir(), "multivisor-demo-")));
  mkdirSync(resolve(wanted), { recursive: true });
  return realpathSync(resolve(wanted));
}

type Flags = SimulationFlags & PastFlags & { readonly bind: string; readonly dir?: string | undefined };

async function runDemo(flags: Flags): Promise<void> {
  const signal = untilSignalled();
  const { isAsked, simulation, control } = parseSimulation(flags);
  const pastDays = parsePast(flags);
  const address = await hubAddress(flags.bind);
  const dir = makeDir(flags.dir);
  refuseSecondDemo(dir);
  if (pastDays > 0) refuseSecondPast(dir);
  const children: Child[] = [];
  const env = { ...process.env, [DEMO_MARK]: dir };
  const self = ownCommand();
  const onChild = (child: Child) => children.push(child);
  const options = { ...address, dir, self, env, onChild, signal, pastDays, seed: simulation.seed };
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
    const supervisord = isAsked ? null : Bun.which("supervisord");
    if (!isAsked && supervisord === null)
      say("No supervisord in PATH (Debian: apt-get install supervisor): showing simulated ones.");
    say(pastDays > 0 ? `Inventing ${pastDays} days of past, then starting…` : "Starting…");
    const both = { ...options, signal: AbortSignal.any([signal, ending.signal]), withHub: flags.hub };
    const driven = supervisord === null ? await startSimulatedPlace(simulation, control, both) : null;
    if (supervisord !== null) await startRealPlace(supervisord, options);
    if (!signal.aborted) say(greeting({ url: flags.hub ? address.url : null, dir, self, driven, pastDays }));
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
    ...PAST_ARGS,
    ...SIMULATION_ARGS,
  },
  run: ({ args }) => runDemo(args),
});
