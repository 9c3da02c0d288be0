import { messageOf } from "../../domain/errors.ts";
import type { Logger } from "../../lib/logger.ts";
import type { Rpc } from "../../supervisord/rpc-client.ts";

const ASK_BYTES = 32 * 1_024;

/**
 * supervisord's main log by way of supervisord, for where the file may not be read. Each answer repeats some of the last:
 * @returns a function that gives what is new in it, complete lines, oldest first; null: no answer
 */
export function createMainLogRpc(rpc: Rpc, log: Logger): () => Promise<readonly string[] | null> {
  let last: readonly string[] = [];
  return async () => {
    try {
      const text = await rpc("supervisor.readLog", -ASK_BYTES, 0);
      if (typeof text !== "string") return null;
      const lines = text.split("\n").slice(0, -1);
      const fresh = linesAfter(last, lines);
      last = lines;
      return fresh;
    } catch (error) {
      log.debug(`readLog: ${messageOf(error)}`);
      return null;
    }
  };
}

/** What `lines` has after the newest lines of `known`; all of it where they have nothing in common. */
export function linesAfter(known: readonly string[], lines: readonly string[]): readonly string[] {
  const newest = known.at(-1);
  if (newest === undefined) return lines;
  // Equal lines may follow each other within a millisecond: the last few are compared, not one.
  for (let i = lines.length - 1; i >= 0; i--) {
    if (lines[i] !== newest) continue;
    const depth = Math.min(4, i, known.length - 1);
    const same = Array.from({ length: depth }, (_, k) => k + 1).every(
      (k) => lines[i - k] === known[known.length - 1 - k],
    );
    if (same) return lines.slice(i + 1);
  }
  return lines;
}
