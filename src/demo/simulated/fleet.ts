import { seededRandom } from "../random.ts";
import { createSimulatedHost, type LinkName, type SimulatedHost } from "./host.ts";
import { createTraffic, type Traffic } from "./traffic.ts";

export type Simulation = {
  readonly supervisors: number;
  /** of each supervisor */
  readonly processes: number;
  /** the same seed makes the same fleet */
  readonly seed: number;
  /** the hosts take turns */
  readonly links: readonly LinkName[];
  /** false: nothing happens by itself: no crash loops, no accidents, all clocks right */
  readonly lively: boolean;
  /** transitions a second in the whole fleet, beside what happens by itself */
  readonly rate: number;
};

export type SimulatedFleet = {
  readonly hosts: readonly SimulatedHost[];
  readonly traffic: Traffic;
  readonly close: () => void;
};

/** One host in so many has a clock that is off. */
const ODD_CLOCKS = 25;
/** At most so far, either way. */
const CLOCK_OFF_MS = 30_000;
/** Mean time between two accidents on one host. */
const ACCIDENT_MS = 120_000;

const nameOf = (index: number, of: number) => `sim${String(index + 1).padStart(Math.max(3, String(of).length), "0")}`;

/** @param dir for logs */
export async function createSimulatedFleet(simulation: Simulation, dir: string): Promise<SimulatedFleet> {
  const { supervisors, seed, lively, links, processes } = simulation;
  const random = seededRandom(seed);
  const hosts: SimulatedHost[] = [];
  for (let i = 0; i < supervisors; i++) {
    const isOdd = lively && i % ODD_CLOCKS === ODD_CLOCKS - 1;
    hosts.push(
      await createSimulatedHost({
        ...{ name: nameOf(i, supervisors), processes, dir, peculiar: lively, seed: seed * 1_000_003 + i },
        link: links[i % links.length] ?? "agent",
        offsetMs: isOdd ? Math.round((random() * 2 - 1) * CLOCK_OFF_MS) : 0,
      }),
    );
  }
  const traffic = createTraffic(hosts, random);
  traffic.setRate(simulation.rate);
  const accidents = setInterval(() => {
    if (lively) for (let n = poisson((supervisors * 1_000) / ACCIDENT_MS, random); n > 0; n--) accident(hosts, random);
  }, 1_000);
  return {
    ...{ hosts, traffic },
    close() {
      clearInterval(accidents);
      traffic.close();
      for (const host of hosts) host.close();
    },
  };
}

/** Whole number with this mean. */
const poisson = (mean: number, random: () => number) => Math.floor(mean) + (random() < mean % 1 ? 1 : 0);

/** A process is killed by something from outside. */
function accident(hosts: readonly SimulatedHost[], random: () => number): void {
  const host = hosts[Math.floor(random() * hosts.length)];
  const running = host
    ?.matching("*")
    .filter(({ state, program }) => state() === "RUNNING" && !isListener(program.group));
  running?.[Math.floor(random() * running.length)]?.kill();
}

const isListener = (group: string) => group.startsWith("multivisor");
