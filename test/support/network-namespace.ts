import type { TestPlace } from "./test-place.ts";

/** A host of its own, at the other end of a cable that can be pulled: nobody says goodbye then. */
export type NetworkNamespace = {
  /** of the other end, as seen from here */
  readonly address: string;
  /** words in front of a command that is to run there */
  readonly prefix: readonly string[];
  readonly pull: () => void;
  readonly plug: () => void;
};

function ip(...words: string[]): void {
  const { exitCode, stderr } = Bun.spawnSync(["ip", ...words]);
  if (exitCode !== 0) throw new Error(`ip ${words.join(" ")}: ${stderr}`);
}

/** null: network namespaces can be made here; else why not. */
export function whyNoNamespaces(): string | null {
  const name = `mvprobe${process.pid}`;
  try {
    ip("netns", "add", name);
    ip("netns", "del", name);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

let count = 0;

export function openNamespace(place: TestPlace): NetworkNamespace {
  const name = `mv${process.pid}n${++count}`;
  const [here, there] = [`${name}h`, `${name}t`];
  const net = `10.${190 + (process.pid % 60)}.${(process.pid >> 6) % 256}.${(count * 4) % 256}`;
  const address = net.replace(/\d+$/, (last) => String(Number(last) + 2));
  ip("netns", "add", name);
  place.defer(() => ip("netns", "del", name)); // the cable goes with it
  ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", name);
  ip("addr", "add", `${net.replace(/\d+$/, (last) => String(Number(last) + 1))}/30`, "dev", here);
  ip("link", "set", here, "up");
  const inside = (...words: string[]) => ip("-n", name, ...words);
  inside("addr", "add", `${address}/30`, "dev", there);
  inside("link", "set", there, "up");
  inside("link", "set", "lo", "up");
  return {
    address,
    prefix: ["ip", "netns", "exec", name],
    pull: () => inside("link", "set", there, "down"),
    plug: () => inside("link", "set", there, "up"),
  };
}
