import type { ProcessInfo } from "../../domain/process.ts";
import { messageOf } from "../../domain/errors.ts";
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

/** What may not be read is asked for: later, so that more may be in it by then. */
export async function askTail(
  rpc: Rpc,
  channel: "Stderr" | "Stdout",
  namespec: string,
  now: () => number,
  log: Logger,
): Promise<Tail | null> {
  try {
    const text = await rpc(`supervisor.readProcess${channel}Log`, namespec, -MAX_TAIL_BYTES, 0);
    if (typeof text !== "string") return null;
    const bytes = new TextEncoder().encode(text);
    return { text: lastLines(bytes, bytes.length < MAX_TAIL_BYTES), takenMs: now(), writtenMs: null };
  } catch (error) {
    log.debug(`readProcess${channel}Log ${namespec}: ${messageOf(error)}`);
    return null;
  }
}

/** The clock of a file system ticks at up to 10 ms. */
const FILE_TICK_MS = 12;
/** From the moment at which supervisord writes "spawned" it needs at least so long to have some output of that run. */
const FIRST_OUTPUT_MS = 1;

/** Whether a tail holds nothing that the next run wrote. @param nextSpawnMs null: there was none when the tail was read */
export const isOfThisRun = (tail: Tail, nextSpawnMs: number | null): boolean =>
  nextSpawnMs === null ||
  tail.takenMs <= nextSpawnMs + FIRST_OUTPUT_MS ||
  (tail.writtenMs !== null && tail.writtenMs + FILE_TICK_MS < nextSpawnMs);
