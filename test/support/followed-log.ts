import { mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FollowOptions, followFile } from "../../src/agent/logs/follow-file.ts";
import type { LogFrame } from "../../src/protocol/agent-log-frames.ts";
import { waitFor } from "./wait-for.ts";

const cleanups: (() => unknown)[] = [];

/** After each test. */
export async function leaveLogs(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
}

/** A folder of its own. */
export function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), "mvfollow-"));
  cleanups.push(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Follows a file and keeps what comes. */
export function follow(path: string, options: Partial<FollowOptions> = {}) {
  const stop = new AbortController();
  const frames: LogFrame[] = [];
  let gate: Promise<void> = Promise.resolve();
  let stopAt = "";
  const held = Promise.withResolvers<void>();
  const ended = (async () => {
    for await (const frame of followFile({ path: () => path, backBytes: 0, signal: stop.signal, ...options })) {
      frames.push(frame);
      if (frame.kind === "data" && frame.data.length > 0 && Buffer.from(frame.data).toString() === stopAt)
        gate = held.promise;
      await gate;
    }
  })();
  cleanups.push(() => {
    stop.abort();
    return ended.catch(() => {});
  });
  const bytes = () => Buffer.concat(frames.flatMap((frame) => (frame.kind === "data" ? [frame.data] : [])));
  return {
    frames,
    ended,
    bytes,
    text: () => bytes().toString(),
    notes: () => frames.flatMap((frame) => (frame.kind === "note" ? [frame.note] : [])),
    skipped: () =>
      frames.flatMap((frame) => (frame.kind === "note" && frame.note === "skipped" ? [frame.skipped] : [])),
    began: () => waitFor("the first frame", () => frames.length > 0),
    /** takes no further frame after the one with this text until the returned function is called */
    pauseAt(text: string) {
      stopAt = text;
      return held.resolve;
    },
    cursor: () => frames.flatMap((frame) => (frame.kind === "data" ? [frame.cursor] : [])).at(-1) ?? null,
    /** takes no further frame until the returned function is called */
    pause() {
      const paused = Promise.withResolvers<void>();
      gate = paused.promise;
      return paused.resolve;
    },
  };
}

/** As supervisord does it (loggers.py, RotatingFileHandler). */
export function rotate(path: string, backups: number): void {
  for (let n = backups - 1; n > 0; n--) {
    if (statSync(`${path}.${n}`, { throwIfNoEntry: false })) renameSync(`${path}.${n}`, `${path}.${n + 1}`);
  }
  renameSync(path, `${path}.1`);
  writeFileSync(path, "");
}

export const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `line ${from + i} of the log\n`).join("");
