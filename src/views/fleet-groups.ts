import type { SupervisorName } from "../domain/names.ts";
import type { Supervisor } from "../domain/supervisor.ts";
import { type GroupTally, groupTally } from "./group-tally.ts";
import type { PlacedProcess } from "./process-look.ts";

export type Supervisors = ReadonlyMap<SupervisorName, Supervisor>;

export type ProcessGroup = {
  readonly name: string;
  readonly rows: readonly PlacedProcess[];
  readonly tally: GroupTally;
};

const natural = new Intl.Collator("en", { numeric: true });

/**
 * Groups of the same name on several hosts are one; the order is by name and does not change with states.
 * @param rows in the order of their names: each group keeps it
 */
export function fleetGroups(rows: readonly PlacedProcess[]): ProcessGroup[] {
  const rowsOf = new Map<string, PlacedProcess[]>();
  for (const placed of rows) {
    const known = rowsOf.get(placed.process.group);
    if (known === undefined) rowsOf.set(placed.process.group, [placed]);
    else known.push(placed);
  }
  return [...rowsOf]
    .map(([name, own]) => ({ name, rows: own, tally: groupTally(own) }))
    .sort((a, b) => natural.compare(a.name, b.name));
}
