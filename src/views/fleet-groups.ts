import type { SupervisorName } from "../domain/names.ts";
import type { Supervisor } from "../domain/supervisor.ts";
import type { PlacedProcess } from "./process-look.ts";

export type Supervisors = ReadonlyMap<SupervisorName, Supervisor>;

export type ProcessGroup = { readonly name: string; readonly rows: readonly PlacedProcess[] };

/** "w2" before "w10"; one collator for all, making one costs more than using it. */
const natural = new Intl.Collator("en", { numeric: true });

const byPlace = (a: PlacedProcess, b: PlacedProcess): number =>
  natural.compare(a.process.name, b.process.name) || natural.compare(a.process.supervisor, b.process.supervisor);

/** Groups of the same name on several hosts are one; the order is by name and does not change with states. */
export function fleetGroups(supervisors: Supervisors): ProcessGroup[] {
  const rowsOf = new Map<string, PlacedProcess[]>();
  for (const supervisor of supervisors.values())
    for (const process of supervisor.processes.values()) {
      const rows = rowsOf.get(process.group);
      if (rows === undefined) rowsOf.set(process.group, [{ process, supervisor }]);
      else rows.push({ process, supervisor });
    }
  return [...rowsOf]
    .map(([name, rows]) => ({ name, rows: rows.sort(byPlace) }))
    .sort((a, b) => natural.compare(a.name, b.name));
}
