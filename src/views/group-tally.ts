import type { Supervisor } from "../domain/supervisor.ts";
import { isTrouble, lookOf, type PlacedProcess } from "./process-look.ts";

/** What the rows of a group come to; who puts another row into the group's rows keeps it true. */
export type GroupTally = {
  running: number;
  /** where those in trouble stand among the rows */
  readonly troubled: Set<number>;
  /** all that its rows are on; null: to be looked for when it is asked for */
  hosts: readonly Supervisor[] | null;
};

export function groupTally(rows: readonly PlacedProcess[]): GroupTally {
  const tally: GroupTally = { running: 0, troubled: new Set(), hosts: null };
  for (const [at, placed] of rows.entries()) addRow(tally, at, placed);
  return tally;
}

function addRow(tally: GroupTally, at: number, placed: PlacedProcess): void {
  if (lookOf(placed) === "running") tally.running++;
  if (isTrouble(placed)) tally.troubled.add(at);
}

/** One row gave way to another. */
export function replaceRow(tally: GroupTally, at: number, before: PlacedProcess, placed: PlacedProcess): void {
  if (lookOf(before) === "running") tally.running--;
  tally.troubled.delete(at);
  addRow(tally, at, placed);
  if (before.supervisor !== placed.supervisor) tally.hosts = null;
}
