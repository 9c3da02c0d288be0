import { readFileSync } from "node:fs";
import { MultivisorError } from "../domain/errors.ts";
import type { Child } from "./child.ts";

const POLL_MS = 100;

async function liveCount(url: string): Promise<number> {
  try {
    const answer = await fetch(`${url}/api/data`, { signal: AbortSignal.timeout(2_000) });
    const data = (await answer.json()) as { supervisors?: Record<string, { running: boolean }> };
    return Object.values(data.supervisors ?? {}).filter((s) => s.running).length;
  } catch {
    return 0; // not yet
  }
}

/** The end of what a child wrote, for the message about its end. */
function lastLines(logfile: string): string {
  try {
    return readFileSync(logfile, "utf8").trim().split("\n").slice(-3).join(" | ");
  } catch {
    return "";
  }
}

/**
 * Returns when the hub at `url` shows `expected` supervisors running, or when `signal` is aborted.
 * @throws where one of the children ends before, or it takes too long
 */
export async function awaitLive(
  url: string,
  expected: number,
  options: {
    readonly children: readonly { readonly child: Child; readonly logfile: string }[];
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const deadline = Date.now() + options.timeoutMs;
  while (!options.signal.aborted) {
    const dead = options.children.find(({ child }) => child.hasExited());
    if (dead)
      throw new MultivisorError(
        "FAILED",
        `Cannot start the demo: ${dead.child.name} ended: ${lastLines(dead.logfile)}`,
      );
    const live = await liveCount(url);
    if (live >= expected) return;
    if (Date.now() > deadline)
      throw new MultivisorError(
        "TIMEOUT",
        `Cannot start the demo: only ${live} of ${expected} supervisors are live at ${url}`,
      );
    await Bun.sleep(POLL_MS);
  }
}
