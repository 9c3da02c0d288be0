/**
 * The executable's size, and how long each of its subcommands takes from exec to the first thing it does: its help, the
 * hub's first answer, the agent's READY. `bun run bench startup`; needs a built binary.
 */
import { statSync } from "node:fs";
import { READY } from "../src/agent/listener.ts";
import { freePort } from "../src/demo/free-port.ts";
import { BINARY } from "../test/support/executable.ts";
import { hubConfText } from "../test/support/hub.ts";
import { openTestPlace, type TestPlace } from "../test/support/test-place.ts";
import { type Bench, bench } from "./support/bench.ts";

const RUNS = 20;
const HELPS = [["--version"], ["agent", "--help"], ["hub", "--help"], ["cli", "--help"], ["demo", "--help"]];

const since = (startMs: number) => performance.now() - startMs;

async function untilExit(place: TestPlace, words: readonly string[]): Promise<number> {
  const startMs = performance.now();
  const child = Bun.spawn([BINARY, ...words], { env: place.env, stdio: ["ignore", "pipe", "inherit"] });
  if ((await new Response(child.stdout).text()) === "") throw new Error(`${words.join(" ")} printed nothing`);
  await child.exited;
  return since(startMs);
}

async function untilFirstAnswer(place: TestPlace, conf: string): Promise<number> {
  const port = await freePort();
  const startMs = performance.now();
  const words = ["hub", "-c", conf, "--bind", `127.0.0.1:${port}`, "--db", place.path(`${port}.sqlite`)];
  const child = Bun.spawn([BINARY, ...words], { env: place.env, stdio: ["ignore", "ignore", "ignore"] });
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null);
    if (answer !== null) break;
    await Bun.sleep(1);
  }
  const took = since(startMs);
  child.kill();
  await child.exited;
  return took;
}

async function untilReady(place: TestPlace): Promise<number> {
  const port = await freePort();
  const env = { ...place.env, SUPERVISOR_ENABLED: "1", SUPERVISOR_SERVER_URL: "http://127.0.0.1:1" };
  const words = ["agent", "--bind", `127.0.0.1:${port}`, "--journal", place.path(`${port}-journal.sqlite`)];
  const startMs = performance.now();
  const child = Bun.spawn([BINARY, ...words], { env, stdio: ["pipe", "pipe", "ignore"] });
  const { value } = await child.stdout.getReader().read();
  const took = since(startMs);
  if (new TextDecoder().decode(value) !== READY) throw new Error("the agent did not say READY");
  child.kill();
  await child.exited;
  return took;
}

async function measure(b: Bench, place: TestPlace): Promise<void> {
  b.figure("size of the executable", "MB", statSync(BINARY).size / 1e6);
  for (const words of HELPS)
    b.figure(`multivisor ${words.join(" ")}`, "ms", await b.repeat(RUNS, () => untilExit(place, words), 3));
  const conf = place.path("multivisor.conf");
  await Bun.write(conf, hubConfText({ supervisors: [] }));
  b.figure("hub: first answer", "ms", await b.repeat(RUNS, () => untilFirstAnswer(place, conf), 3));
  b.figure("agent: READY", "ms", await b.repeat(RUNS, () => untilReady(place), 3));
}

await bench(import.meta.path, async (b) => {
  const place = openTestPlace();
  await measure(b, place).finally(() => place.close());
});
