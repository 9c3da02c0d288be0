import { join } from "node:path";
import { killAll, markedProcesses } from "../../src/demo/descendants.ts";
import { limitS } from "./time-limit.ts";

/** Inherited by everything that a bench starts. */
export const BENCH_MARK = "MULTIVISOR_BENCH";
/** A bench ends itself when its time is over, and when it is told to; this long after it is killed. */
const GRACE_S = 10;

const root = join(import.meta.dir, "..", "..");

/**
 * One bench in a process of its own. When it has ended, however it did, nothing is left of what it started.
 * @param isShown whether what it prints is shown as it comes; else it is shown at the end, in one piece
 * @returns whether all went well
 */
export async function runBench(
  name: string,
  options: readonly string[],
  isShown: boolean,
  signal: AbortSignal,
): Promise<boolean> {
  if (signal.aborted) return false;
  const mark = `${process.pid}-${name}`;
  const output = isShown ? "inherit" : "pipe";
  const child = Bun.spawn([process.execPath, join(root, "bench", `${name}.ts`), ...options], {
    ...{ cwd: root, env: { ...process.env, [BENCH_MARK]: mark }, stdio: ["ignore", output, output] },
    detached: true, // Ctrl-C is passed on, once
  });
  const end = () => child.kill("SIGTERM");
  signal.addEventListener("abort", end);
  const kill = () => {
    console.error(`${name} does not end: killed`);
    child.kill("SIGKILL");
  };
  const late = setTimeout(kill, (limitS(name) + GRACE_S) * 1_000);
  const printed = isShown ? [] : [child.stdout, child.stderr].map((one) => new Response(one as ReadableStream).text());
  const exitCode = await child.exited;
  clearTimeout(late);
  signal.removeEventListener("abort", end);
  await killLeft(mark);
  if (!isShown) console.log(`\n${name}\n${(await Promise.all(printed)).join("").trimEnd()}`);
  return exitCode === 0;
}

/** Also what is started meanwhile; a process that was killed takes a moment to be gone. */
async function killLeft(mark: string): Promise<void> {
  const endMs = performance.now() + GRACE_S * 1_000;
  for (;;) {
    const left = markedProcesses(mark, BENCH_MARK);
    if (left.length === 0 || performance.now() > endMs) return;
    killAll(left);
    await Bun.sleep(20);
  }
}
