import { type FSWatcher, watch } from "node:fs";
import { basename, dirname } from "node:path";

/** Says that something has happened to a file or its backups: by events of its folder, which the system joins under load. */
export type FolderWaker = {
  /** Resolves when something has happened since the last call, after `ms`, or with the signal. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly close: () => void;
};

/** Where the folder cannot be watched, `wait` waits its time. */
export function createFolderWaker(path: string): FolderWaker {
  const name = basename(path);
  let happened = false;
  let wake = () => {};
  const onEvent = (_: string, file: string | null) => {
    if (file !== null && !file.startsWith(name)) return;
    happened = true;
    wake();
  };
  const watcher = open(dirname(path), onEvent);
  return {
    wait(ms, signal) {
      if (happened || signal.aborted) {
        happened = false;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          signal.removeEventListener("abort", done);
          wake = () => {};
          happened = false;
          resolve();
        };
        const timer = setTimeout(done, ms);
        signal.addEventListener("abort", done);
        wake = done;
      });
    },
    close: () => watcher?.close(),
  };
}

function open(folder: string, onEvent: (event: string, file: string | null) => void): FSWatcher | null {
  try {
    const watcher = watch(folder, { persistent: false }, onEvent);
    watcher.on("error", () => watcher.close());
    return watcher;
  } catch {
    return null;
  }
}
