import type { ProcessGroup } from "./fleet-groups.ts";
import { isStale } from "./process-look.ts";
import { shortenMiddle } from "./shorten.ts";
import { countTexts as texts } from "./texts/counts.ts";

export type GroupSummary = {
  readonly text: string;
  /** "lid003 is down"; null: all of its hosts answer */
  readonly down: string | null;
};

/** "4 processes, 2 hosts", "3 of 4 running, lid004". */
export function groupSummary({ rows, tally }: ProcessGroup): GroupSummary {
  tally.hosts ??= [...new Set(rows.map(({ supervisor }) => supervisor))];
  const { running, hosts: supervisors } = tally;
  const silent = supervisors.filter(isStale);
  const all = running === rows.length || silent.length === supervisors.length;
  const processes = all ? texts.processes(rows.length) : texts.running(running, rows.length);
  const [first] = supervisors;
  const where =
    supervisors.length === 1 && first !== undefined ? shortenMiddle(first.name, 40) : texts.hosts(supervisors.length);
  return {
    text: silent.length === 1 && supervisors.length === 1 ? processes : texts.together(processes, where),
    down: downWords(silent.map(({ name, link }) => ({ name, down: link.status === "down" }))),
  };
}

function downWords(silent: readonly { name: string; down: boolean }[]): string | null {
  const [first] = silent;
  if (first === undefined) return null;
  const name = shortenMiddle(first.name, 40);
  if (silent.length === 1) return first.down ? texts.isDown(name) : texts.isConnecting(name);
  return silent.some(({ down }) => down) ? texts.areDown(silent.length) : texts.areConnecting(silent.length);
}
