import { mkdirSync, readdirSync } from "node:fs";
import { markedProcesses } from "../../src/demo/descendants.ts";
import { freePort } from "../../src/demo/free-port.ts";
import { multivisor } from "./executable.ts";
import type { WireData } from "./hub.ts";
import type { TestPlace } from "./test-place.ts";
import { waitFor } from "./wait-for.ts";

export type Demo = {
  readonly url: string;
  readonly tmp: string;
  readonly proc: Bun.Subprocess;
  readonly output: () => string;
  readonly data: () => Promise<WireData>;
  readonly marked: () => number[];
};

let demos = 0;

/** Without a terminal, with a temporary folder of its own so that what is left behind can be seen. */
export async function startDemo(at: TestPlace, ...args: string[]): Promise<Demo> {
  const tmp = at.path(`tmp${++demos}`);
  mkdirSync(tmp);
  const port = await freePort();
  let output = "";
  const proc = Bun.spawn(multivisor("demo", "--bind", `127.0.0.1:${port}`, ...args), {
    ...{ cwd: at.dir, env: { ...at.env, TMPDIR: tmp }, stdin: "ignore", stdout: "pipe", stderr: "pipe" },
  });
  at.defer(() => proc.kill("SIGTERM"));
  for (const stream of [proc.stdout, proc.stderr])
    void (async () => {
      for await (const chunk of stream) output += new TextDecoder().decode(chunk);
    })();
  const url = `http://127.0.0.1:${port}`;
  const data = async () => (await (await fetch(`${url}/api/data`)).json()) as WireData;
  const marked = () => readdirSync(tmp).flatMap((name) => markedProcesses(`${tmp}/${name}`));
  return { url, tmp, proc, output: () => output, data, marked };
}

export const announced = (demo: Demo) =>
  waitFor(
    () => `the address to be printed: ${demo.output()}`,
    () => demo.output().includes("Ctrl-C"),
    40_000,
  );
