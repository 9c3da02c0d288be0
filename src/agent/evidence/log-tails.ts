import { messageOf } from "../../domain/errors.ts";
import type { ProcessInfo } from "../../domain/process.ts";
import type { Logger } from "../../lib/logger.ts";
import type { Rpc } from "../../supervisord/rpc-client.ts";
import { readFileTail, type Tail } from "./file-tail.ts";
import { lastLines, MAX_TAIL_BYTES } from "./last-lines.ts";

/** "denied": only supervisord may read it */
export type Tails = { readonly stderr: Tail | "denied" | null; readonly stdout: Tail | "denied" | null };

/** Both logs of a process as they are now. */
export function takeTails(info: ProcessInfo, now: () => number): Tails {
  // A log that was rotated before the run began holds nothing of it.
  const read = (path: string) => (path === "" ? null : readFileTail(path, info.startMs, now));
  return { stderr: read(info.stderrLogfile), stdout: read(info.stdoutLogfile) };
}

/** What may not be read is asked for, twice if need be: later, so that more may be in it by then. */
export async function askTail(
  rpc: Rpc,
  channel: "Stderr" | "Stdout",
  namespec: string,
  now: () => number,
  log: Logger,
): Promise<Tail | null> {
  const ask = () => rpc(`supervisor.readProcess${channel}Log`, namespec, -MAX_TAIL_BYTES, 0);
  try {
    const text = await ask().catch(ask);
    if (typeof text !== "string") return null;
    const bytes = new TextEncoder().encode(text);
    return { text: lastLines(bytes, bytes.length < MAX_TAIL_BYTES), takenMs: now(), writtenMs: null };
  } catch (error) {
    log.debug(`readProcess${channel}Log ${namespec}: ${messageOf(error)}`);
    return null;
  }
}

/** The clock of a file system ticks every 1 to 10 ms, mostly every 4. */
const USUAL_TICK_MS = 4;
const LONGEST_TICK_MS = 12;
/** After "spawned" a run has to begin, to write, and supervisord to come round to it: all that is seldom done sooner. */
const SOON_MS = 8;

/**
 * Whether a tail holds nothing that the next run wrote: read before that began, or not written to since.
 * @param nextSpawnMs null: there was none when the tail was read
 */
export function isOfThisRun(tail: Tail, nextSpawnMs: number | null): boolean {
  if (nextSpawnMs === null || tail.takenMs < nextSpawnMs) return true;
  if (tail.writtenMs === null) return false;
  const tickMs = tail.takenMs <= nextSpawnMs + SOON_MS ? USUAL_TICK_MS : LONGEST_TICK_MS;
  return tail.writtenMs + tickMs < nextSpawnMs;
}
