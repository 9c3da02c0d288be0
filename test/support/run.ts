import { multivisor } from "./executable.ts";
import type { TestPlace } from "./test-place.ts";

export type RunResult = { readonly stdout: string; readonly stderr: string; readonly exitCode: number };

/** Runs a command to its end. */
export async function run(
  place: TestPlace,
  words: readonly string[],
  options: { readonly env?: Record<string, string | undefined>; readonly cwd?: string } = {},
): Promise<RunResult> {
  const proc = Bun.spawn([...words], {
    ...{
      cwd: options.cwd ?? place.dir,
      env: options.env ?? place.env,
      stdin: "ignore",
      stdout: "pipe",
      stderr: "pipe",
    },
    timeout: 30_000,
  });
  const [stdout, stderr, exitCode] = await Promise.all([
    new Response(proc.stdout).text(),
    new Response(proc.stderr).text(),
    proc.exited,
  ]);
  return { stdout, stderr, exitCode };
}

/** `multivisor cli --url <hub> …` */
export const runCli = (place: TestPlace, hub: { readonly port: number }, ...args: string[]): Promise<RunResult> =>
  run(place, multivisor("cli", "--url", `127.0.0.1:${hub.port}`, ...args));
