import type { TestPlace } from "./test-place.ts";

/** A host of its own, at the other end of a cable that can be pulled out: nothing says goodbye then. */
export type FarHost = {
  readonly ip: string;
  /** the words that run a command there */
  readonly there: (...words: string[]) => string[];
  readonly vanish: () => void;
  readonly comeBack: () => void;
};

let hosts = 0;

function run(...words: string[]): void {
  const done = Bun.spawnSync(words);
  if (done.exitCode !== 0) throw new Error(`${words.join(" ")}: ${done.stderr.toString()}`);
}

/** A network namespace with a pair of virtual cards (iproute2, as root); gone with the place. */
export function openFarHost(place: TestPlace): FarHost {
  const id = `${process.pid % 10_000}x${++hosts}`;
  const [name, near, far] = [`far${id}`, `mvn${id}`, `mvf${id}`];
  const net = `10.77.${process.pid % 200}`;
  const there = (...words: string[]) => ["ip", "netns", "exec", name, ...words];
  const set = (state: "up" | "down") => run(...there("ip", "link", "set", far, state));
  run("ip", "netns", "add", name);
  place.defer(() => run("ip", "netns", "del", name));
  run("ip", "link", "add", near, "type", "veth", "peer", "name", far, "netns", name);
  run("ip", "addr", "add", `${net}.1/24`, "dev", near);
  run("ip", "link", "set", near, "up");
  run(...there("ip", "addr", "add", `${net}.2/24`, "dev", far));
  run(...there("ip", "link", "set", "lo", "up"));
  set("up");
  return { ip: `${net}.2`, there, vanish: () => set("down"), comeBack: () => set("up") };
}
