import { mkdirSync } from "node:fs";
import { type FleetControl, fleetControl } from "../../src/demo/simulated/control-client.ts";
import { multivisor } from "./executable.ts";
import type { HubMember } from "./hub.ts";
import type { TestPlace } from "./test-place.ts";
import { waitFor } from "./wait-for.ts";

/** Simulated supervisords in a process of their own. */
export type TestFleet = FleetControl & {
  /** for startHub */
  readonly members: readonly HubMember[];
  readonly pid: number;
  /** of its control port */
  readonly url: string;
  readonly stop: () => Promise<void>;
};

export type FleetOptions = {
  readonly supervisors: number;
  /** of each */
  readonly processes: number;
  readonly links?: readonly ("agent" | "xmlrpc" | "zerorpc" | "zerorpc-listener")[];
  /** false: crash loops, accidents and odd clocks; default: nothing happens by itself */
  readonly calm?: boolean;
  readonly seed?: number;
  /** an empty one, for journals and logs; default: one in the place */
  readonly dir?: string | undefined;
};

let fleets = 0;

/** `multivisor demo --simulated … --no-hub`; returns when it can be driven. */
export async function startFleet(place: TestPlace, options: FleetOptions): Promise<TestFleet> {
  const { supervisors, processes, links = ["agent"], calm = true, seed = 1 } = options;
  const { dir = place.path(`fleet${++fleets}`) } = options;
  mkdirSync(dir, { recursive: true });
  const size = ["--simulated", String(supervisors), "--processes", String(processes), "--seed", String(seed)];
  const words = ["demo", ...size, "--links", links.join(","), ...(calm ? ["--calm"] : []), "--no-hub", "--dir", dir];
  const running = Bun.spawn(multivisor(...words), {
    ...{ cwd: dir, env: place.env, stdin: "ignore", stdout: "pipe", stderr: "inherit" },
  });
  const stop = async () => {
    running.kill("SIGTERM");
    await running.exited;
  };
  place.defer(stop);
  let output = "";
  void (async () => {
    for await (const chunk of running.stdout) output += new TextDecoder().decode(chunk);
  })();
  const url = await waitFor(
    () => `the fleet to be there: ${output}`,
    () => /driven from\s+(http:\S+)/.exec(output)?.[1],
    120_000,
  );
  const control = fleetControl(url);
  const members = (await control.hosts()).map((host) => ({ name: host.name, url: host.url }));
  return { ...control, url, members, pid: running.pid, stop };
}
