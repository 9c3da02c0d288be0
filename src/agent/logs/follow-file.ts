import { MultivisorError } from "../../domain/errors.ts";
import { sleep } from "../../lib/sleep.ts";
import { cutCharLength } from "../../lib/utf8-cut.ts";
import type { LogFrame } from "../../protocol/agent-log-frames.ts";
import { createFolderWaker } from "./folder-waker.ts";
import { openAtCursor, readFully } from "./log-chain.ts";
import { olderMarks, openSuccessor } from "./next-file.ts";
import { type LogFile, openLogFile } from "./open-log-file.ts";
import { type OpenTail, openTail } from "./open-tail.ts";

export type FollowOptions = {
  /** the path as supervisord names it now; null: it names none any more */
  readonly path: () => string | null;
  readonly backBytes: number;
  /** cursor to go on from, in the place of `backBytes` */
  readonly from?: string | null;
  readonly limits?: { readonly maxBehindBytes: number; readonly keepBytes: number };
  readonly signal: AbortSignal;
};

/** The file itself is the queue: who reads slowly finds it there, up to this. */
const LIMITS = { maxBehindBytes: 8 * 1_024 * 1_024, keepBytes: 64 * 1_024 };
/** Events of the folder come at once; this is for those that do not come. */
const POLL_MS = 1_000;
/** A writer of many small pieces is read in fewer. */
const PACE_MS = 10;
const HEARTBEAT_MS = 5_000;

/**
 * What is written to a log, once and in order, until the signal or until supervisord names it no more.
 * @throws as openLogFile where the file may not be read; where there is none yet it is waited for
 */
export async function* followFile(options: FollowOptions): AsyncGenerator<LogFrame> {
  const { signal, limits = LIMITS } = options;
  const path = options.path();
  if (path === null) return;
  const waker = createFolderWaker(path);
  let tail: OpenTail | null = null;
  let old: ReadonlySet<string> = new Set();
  let saidMs = performance.now();
  let askedMs = saidMs;
  const isMoved = () => {
    if (performance.now() - askedMs < POLL_MS) return false;
    askedMs = performance.now();
    return options.path() !== path;
  };

  const begin = async (file: LogFile, from: number) => {
    await tail?.close();
    tail = openTail(file, from, limits);
    old = await olderMarks(path, file.id);
  };
  try {
    const first = await openFirst(path, options);
    if (first !== null) await begin(first.file, first.from);
    yield { kind: "begin", source: "file", size: first?.file.size ?? 0 };
    if (first?.isGone) yield { kind: "note", note: "skipped", skipped: null, size: first.from };
    while (!signal.aborted) {
      const frames: LogFrame[] = [];
      if (tail === null) {
        const file = await openExisting(path);
        if (file !== null) await begin(file, 0);
      } else frames.push(...(await nextFrames(tail, path, old, limits.maxBehindBytes, begin)));
      for (const frame of frames) yield frame;
      if (frames.length > 0) saidMs = performance.now();
      else if (isMoved()) {
        yield { kind: "end", reason: "supervisord has another path for this log now, or none" };
        return;
      } else {
        await waker.wait(POLL_MS, signal);
        await sleep(PACE_MS, signal);
        if (performance.now() - saidMs < HEARTBEAT_MS) continue;
        saidMs = performance.now();
        yield { kind: "alive" };
      }
    }
  } finally {
    waker.close();
    await (tail as OpenTail | null)?.close();
  }
}

const openExisting = (path: string): Promise<LogFile | null> =>
  openLogFile(path).catch((error) => {
    if (error instanceof MultivisorError && error.code === "NO_LOG") return null;
    throw error;
  });

/** Where to begin; `isGone`: not where it was asked for. */
async function openFirst(path: string, { from, backBytes }: FollowOptions) {
  const there = typeof from === "string" ? await openAtCursor(path, from) : null;
  if (there !== null) return { ...there, isGone: false };
  const file = await openExisting(path);
  if (file === null) return null;
  return { file, from: await charStart(file, Math.max(0, file.size - backBytes)), isGone: typeof from === "string" };
}

/** A tail does not begin in the middle of a character. */
async function charStart({ handle }: LogFile, from: number): Promise<number> {
  if (from === 0) return 0;
  const bytes = new Uint8Array(4);
  return from + cutCharLength(bytes.subarray(0, await readFully(handle, bytes, from)));
}

const dataFrame = (tail: OpenTail, data: Uint8Array): LogFrame => ({
  ...{ kind: "data", size: tail.position(), cursor: `${tail.id}:${tail.position()}`, data },
});

/** Empty where there is nothing to say at present. */
async function nextFrames(
  tail: OpenTail,
  path: string,
  old: ReadonlySet<string>,
  maxBehindBytes: number,
  begin: (file: LogFile, from: number) => Promise<void>,
): Promise<LogFrame[]> {
  const read = await tail.read();
  switch (read.kind) {
    case "data":
      return [dataFrame(tail, read.data)];
    case "skipped":
      return [{ kind: "note", note: "skipped", skipped: read.bytes, size: read.size }];
    case "truncated":
      return [{ kind: "note", note: "truncated", skipped: null, size: 0 }];
    case "nothing":
      break;
  }
  const next = await openSuccessor(path, tail, old);
  if (next === null) return [];
  // What was written between our last read and its end: only now it is known that nothing more follows.
  const rest = await tail.read();
  if (rest.kind === "data") {
    await next.file.handle.close();
    return [dataFrame(tail, rest.data)];
  }
  const held = await tail.held();
  const frames: LogFrame[] = held.length > 0 ? [dataFrame(tail, held)] : [];
  if (next.newer <= maxBehindBytes) {
    await begin(next.file, 0);
    const skipped = next.note === "skipped" ? null : 0;
    return [...frames, { kind: "note", note: next.note, skipped, size: 0 }];
  }
  await next.file.handle.close();
  const newest = await openExisting(path);
  if (newest === null) return frames;
  await begin(newest, 0);
  return [...frames, { kind: "note", note: "skipped", skipped: next.newer + next.file.size - newest.size, size: 0 }];
}
