import { afterEach, beforeEach } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JournalEntry } from "../../src/domain/journal-entry.ts";
import { parseHistoryQuery } from "../../src/hub/store/history-query.ts";
import { openStore } from "../../src/hub/store/open-store.ts";
import type { Store } from "../../src/hub/store/store.ts";
import type { StoreOptions } from "../../src/hub/store/store-options.ts";
import { createLogger } from "../../src/lib/logger.ts";

export const NOW = Date.UTC(2026, 10, 24, 2);

/** A database in a folder of its own for each test of the file that calls this. */
export function temporaryStore() {
  const place = { folder: "", path: "", lines: [] as string[] };
  let stores: Store[] = [];
  beforeEach(() => {
    place.folder = mkdtempSync(join(tmpdir(), "store-"));
    place.path = join(place.folder, "state", "history.sqlite");
    place.lines = [];
    stores = [];
  });
  afterEach(() => {
    for (const store of stores) store.close();
    rmSync(place.folder, { recursive: true });
  });
  const open = (options: Partial<StoreOptions> = {}): Store => {
    const log = createLogger("INFO", (line) => place.lines.push(line.slice(25)));
    const store = openStore(place.path, { log, now: () => NOW, retryMs: 5, delayMs: 1, ...options });
    stores.push(store);
    return store;
  };
  return { place, open };
}

export const entry = (seq: number, extra: object = {}): JournalEntry =>
  ({
    kind: "transition",
    seq,
    atMs: NOW + seq,
    group: "PLC",
    name: "wcid00a",
    fromState: "STARTING",
    toState: "RUNNING",
    pid: 100 + seq,
    expected: null,
    tries: null,
    sampled: false,
    ...extra,
  }) as JournalEntry;
export const entries = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => entry(from + i));
export const items = (store: Store, parameters: object = {}) => store.history(parseHistoryQuery(parameters)).items;
export const pids = (store: Store) => items(store, { limit: "1000" }).map(({ pid }) => pid);

export async function until(condition: () => boolean, timeoutMs = 30_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`did not happen within ${timeoutMs / 1_000} s`);
    await Bun.sleep(2);
  }
}
