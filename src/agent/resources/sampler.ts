import { nameOf } from "../../domain/names.ts";
import type { ProcessInfo } from "../../domain/process.ts";
import { sleep } from "../../lib/sleep.ts";
import type { Resources } from "../../protocol/agent.ts";
import { createProcTable, openFiles, pageBytes } from "./proc-table.ts";
import { type Look, usageOf } from "./usage.ts";

export const SAMPLE_MS = 5_000;

export type Sampler = {
  /** One look; null where there is no /proc. */
  readonly sample: () => Resources | null;
  /** Resident memory of a managed process and its children when it was last looked at; null: never. */
  readonly lastRssBytes: (pid: number) => number | null;
};

/** @param now epoch ms */
export function createSampler(processes: () => readonly ProcessInfo[], now: () => number): Sampler {
  const table = createProcTable();
  let look: Look | null = null;
  let bytes: number | null = null;
  return {
    sample() {
      const managed = processes().flatMap((info) => (info.pid === null ? [] : [{ name: nameOf(info), pid: info.pid }]));
      const seen = table.read(new Set(managed.map(({ pid }) => pid)));
      if (seen === null) return null;
      bytes ??= pageBytes();
      const usage = usageOf(managed, seen, { pageBytes: bytes, openFiles, before: look, atMs: now() });
      look = usage.look;
      return usage.message;
    },
    lastRssBytes: (pid) => look?.rssBytes.get(pid) ?? null,
  };
}

/** Looks every 5 s and tells; ends with the signal, and where there is no /proc at once. */
export async function sampleResources(
  sampler: Sampler,
  tell: (message: Resources) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const message = sampler.sample();
    if (message === null) return;
    if (message.names.length > 0) tell(message);
    await sleep(SAMPLE_MS, signal);
  }
}
