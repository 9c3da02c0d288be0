import { fetchHistory, type HistoryItem } from "../../test/support/history.ts";
import type { TestHub } from "../../test/support/hub.ts";
import { isHelper } from "../../test/support/recorder.ts";
import type { FaultHost } from "./fault-host.ts";

/** One transition, as whoever told of it named it. `step`: "RUNNING>EXITED 4711". */
export type Step = { readonly process: string; readonly step: string; readonly atMs: number };

/**
 * A start says nothing of the process that it will make: it gets the number of the one that came of it, so that one start is
 * not taken for another.
 */
export function withPids(steps: readonly Step[]): Step[] {
  const next = new Map<string, string>();
  return steps
    .toReversed()
    .map((one) => {
      const pid = / \d+$/.exec(one.step)?.[0];
      if (pid !== undefined) next.set(one.process, pid);
      return pid === undefined ? { ...one, step: `${one.step}(before${next.get(one.process) ?? " the end"})` } : one;
    })
    .toReversed();
}

/** Our own listeners start and end with their faults. */
const isOurs = (of: { readonly group: string | null }): boolean => isHelper(of) || of.group === "multivisor2";

/** As supervisord announced them to a listener that has nothing to do with us, in order. */
export const announcedBy = (host: FaultHost): Step[] =>
  host.recorder
    .announced()
    .filter((one) => !isOurs(one))
    .map(({ group, name, from, to, pid, atMs }) => ({
      process: `${group}:${name}`,
      step: `${from}>${to} ${pid ?? ""}`,
      atMs,
    }));

/** As the history has them, in its order; without those that were found by comparing states. */
export const stepsOf = (items: readonly HistoryItem[]): Step[] =>
  items
    .filter((item) => item.kind === "transition" && !item.sampled && !isOurs(item))
    .map(({ group, name, from_state, to_state, pid, at }) => ({
      process: `${group}:${name}`,
      step: `${from_state}>${to_state} ${pid ?? ""}`,
      atMs: at,
    }));

export const historyOf = (hub: TestHub, supervisor: string): Promise<HistoryItem[]> =>
  fetchHistory(hub, { supervisor }, 1_000);

export const storedOf = async (hub: TestHub, supervisor: string): Promise<Step[]> =>
  stepsOf(await historyOf(hub, supervisor));
