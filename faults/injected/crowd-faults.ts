import type { SimulatedHost } from "../../src/demo/simulated/host.ts";
import { waitFor } from "../../test/support/wait-for.ts";
import type { Dice } from "../dice.ts";
import type { Fault } from "../fault.ts";

const WITH_AGENT = "sim001";
const MOST_LINES_EACH = 6;

type Act = (host: SimulatedHost, dice: Dice) => Promise<void>;

/** On all of the crowd at once, whatever their links. */
const ofCrowd = (what: string, act: Act, more: Partial<Fault> = {}): Fault => ({
  name: `all of a crowd ${what}`,
  parts: ["crowd"],
  tells: { log: "hub", line: new RegExp(`^WARN ${WITH_AGENT}: down: `) },
  mostLines: 9 * MOST_LINES_EACH,
  async happen({ crowd }, dice) {
    await Promise.all(crowd.hosts.map((host) => act(host, dice.for(host.name))));
  },
  ...more,
});

const forAWhile =
  (begin: (host: SimulatedHost) => unknown, end: (host: SimulatedHost) => unknown, most: number, least = 500): Act =>
  async (host, dice) => {
    await begin(host);
    await Bun.sleep(dice.between(least, most));
    await end(host);
  };

/** Until they are lost: what comes after them shows that something is missing. */
const loseEvents: Act = async ({ name, link, supervisord: { pool } }, dice) => {
  if (link === "xmlrpc") return; // it hears of none
  const most = pool.counts().dropped + dice.between(1, 8);
  pool.drop(most - pool.counts().dropped);
  await waitFor(`events of ${name} to be lost`, () => pool.counts().dropped >= most, 30_000);
};

/** Above the 12.5 s after which silence counts. */
const LONG_MS = 14_000;

export const crowdFaults: readonly Fault[] = [
  ofCrowd(
    "is cut off",
    forAWhile(
      (host) => host.connect(false),
      (host) => host.connect(true),
      5_000,
    ),
  ),
  ofCrowd(
    "falls silent",
    forAWhile(
      (host) => host.mute(true),
      (host) => host.mute(false),
      LONG_MS + 2_000,
      LONG_MS,
    ),
  ),
  ofCrowd(
    "stands still for a moment",
    forAWhile(
      (host) => host.freeze(true),
      (host) => host.freeze(false),
      4_000,
    ),
    { tells: null }, // shorter than anybody's patience
  ),
  ofCrowd(
    "loses its power",
    forAWhile(
      (host) => host.fall(),
      (host) => host.rise(),
      5_000,
    ),
  ),
  ofCrowd("restarts its supervisord", async (host) => void host.supervisord.stop("restart"), { tells: null }),
  ofCrowd("loses events", loseEvents, { tells: null }),
];
