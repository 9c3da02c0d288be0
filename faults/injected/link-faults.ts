import type { Dice } from "../dice.ts";
import type { Fault } from "../fault.ts";
import type { LinkProxy, Weather } from "../stage/link-proxy.ts";

type Host = "alpha" | "beta";

const isDown = (host: Host) => ({ log: "hub", line: new RegExp(`^WARN ${host}: down: `) }) as const;

const ofLink = (
  host: Host,
  what: string,
  happen: (link: LinkProxy, dice: Dice) => Promise<void>,
  more: Partial<Fault> = {},
): Fault => ({
  name: `the link to ${host} ${what}`,
  parts: [`${host}'s link`],
  tells: isDown(host),
  mostLines: 16,
  happen: ({ links }, dice) => happen(links[host], dice),
  ...more,
});

/** The weather for a time, and then none. */
async function bad(link: LinkProxy, forMs: number, weather: Weather): Promise<void> {
  link.weather(weather);
  await Bun.sleep(forMs);
  link.weather(null);
}

const delays = (host: Host) =>
  ofLink(
    host,
    "is slow",
    (link, dice) =>
      bad(link, dice.between(3_000, 6_000), async (bytes) => {
        await Bun.sleep(dice.between(20, 700));
        return bytes;
      }),
    { tells: null },
  );

const cuts = (host: Host, how: "cut" | "reset") =>
  ofLink(host, `is ${how} again and again`, async (link, dice) => {
    for (let times = dice.between(2, 5); times > 0; times--) {
      link.end(how);
      await Bun.sleep(dice.between(300, 1_500));
    }
  });

const halves = (host: Host) =>
  ofLink(host, "ends in the middle of messages", (link, dice) =>
    bad(link, dice.between(2_000, 5_000), (bytes) => {
      if (dice.between(0, 4) > 0) return bytes;
      const end = () => setTimeout(() => link.end("cut"), 5);
      end();
      return bytes.subarray(0, bytes.length >> 1);
    }),
  );

/** Without TLS: bytes that are no text. What is text and wrong only TLS can tell from what is right. */
const garbled = (bytes: Buffer, dice: Dice): Buffer => {
  const from = dice.between(0, bytes.length);
  return Buffer.from(bytes).fill(0xff, from, Math.min(bytes.length, from + dice.between(1, 40)));
};

const flipped = (bytes: Buffer, dice: Dice): Buffer => {
  const changed = Buffer.from(bytes);
  const at = dice.between(0, changed.length);
  changed[at] = (changed[at] ?? 0) ^ (1 << dice.between(0, 8));
  return changed;
};

const corrupts = (host: Host, spoil: (bytes: Buffer, dice: Dice) => Buffer) =>
  ofLink(host, "corrupts what it carries", (link, dice) =>
    bad(link, dice.between(2_000, 5_000), (bytes) => (dice.between(0, 3) > 0 ? bytes : spoil(bytes, dice))),
  );

const refuses = (host: Host) =>
  ofLink(host, "is not there", async (link, dice) => {
    link.open(false);
    await Bun.sleep(dice.between(1_000, 5_000));
    link.open(true);
  });

/** Longer than the 12.5 s after which a hub believes it. */
const SILENCE_MS = 14_000;

const swallows = (host: Host) =>
  ofLink(host, "swallows everything and stays open", async (link) => {
    await bad(link, SILENCE_MS, () => Promise.withResolvers<Buffer>().promise);
    link.end("cut"); // what hangs in it for ever
  });

export const linkFaults: readonly Fault[] = [
  delays("alpha"),
  delays("beta"),
  cuts("alpha", "cut"),
  cuts("alpha", "reset"),
  cuts("beta", "reset"),
  halves("alpha"),
  halves("beta"),
  corrupts("alpha", garbled),
  corrupts("beta", flipped),
  refuses("alpha"),
  swallows("beta"),
];
