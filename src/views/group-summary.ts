import type { ProcessGroup } from "./fleet-groups.ts";
import { isStale, lookOf } from "./process-look.ts";
import { shortenMiddle } from "./shorten.ts";

export type GroupSummary = {
  readonly text: string;
  /** "lid003 is down"; null: all of its hosts answer */
  readonly down: string | null;
  /** nothing in the card is vouched for */
  readonly allStale: boolean;
};

/** "4 processes, 2 hosts", "3 of 4 running, lid004". */
export function groupSummary({ rows }: ProcessGroup): GroupSummary {
  const supervisors = [...new Map(rows.map(({ supervisor }) => [supervisor.name, supervisor])).values()];
  const running = rows.filter((placed) => lookOf(placed) === "running").length;
  const silent = supervisors.filter(isStale);
  const all = running === rows.length || silent.length === supervisors.length;
  const processes = all ? plural(rows.length, "process", "processes") : `${running} of ${rows.length} running`;
  const [first] = supervisors;
  const hosts =
    supervisors.length === 1 && first !== undefined
      ? shortenMiddle(first.name, 40)
      : plural(supervisors.length, "host", "hosts");
  return {
    text: silent.length === 1 && supervisors.length === 1 ? processes : `${processes}, ${hosts}`,
    down: downWords(silent.map(({ name, link }) => ({ name, down: link.status === "down" }))),
    allStale: supervisors.length > 0 && silent.length === supervisors.length,
  };
}

function downWords(silent: readonly { name: string; down: boolean }[]): string | null {
  const [first] = silent;
  if (first === undefined) return null;
  if (silent.length > 1) return `${silent.length} hosts are ${silent.some(({ down }) => down) ? "down" : "connecting"}`;
  return `${shortenMiddle(first.name, 40)} is ${first.down ? "down" : "connecting"}`;
}

export const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;
