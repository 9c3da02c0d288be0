import type { BatchWriter } from "./write-batch.ts";

/** One step takes as long as this, or as one process does: without rows of its account all its history is counted. */
const STEP_MS = 10;

export type LoadAccounts = () => boolean;

/**
 * Brings the accounts of all processes into memory, some in each step; of a history that was just brought to a newer
 * version they are counted here for the first time.
 * @returns does one step, in a transaction of its own, and tells whether there is more to do
 */
export function accountsLoader(writer: BatchWriter): LoadAccounts {
  let waiting: number[] | null = null;
  return () => {
    waiting ??= [...writer.dictionary().supervisors.values()].flatMap(({ processes }) =>
      [...processes].filter(([name]) => !name.endsWith(":")).map(([, id]) => id),
    );
    const left = waiting;
    const endMs = performance.now() + STEP_MS;
    if (left.length === 0) return false;
    writer.inTransaction(() => {
      for (let id = left.pop(); id !== undefined; id = performance.now() < endMs ? left.pop() : undefined)
        writer.accounts.load(id);
    });
    return true;
  };
}
