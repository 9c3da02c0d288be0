import { lookOf, type PlacedProcess } from "../../views/process-look.ts";
import { compareBy, type Sort, type SortSubject } from "../../views/process-sort.ts";
import { countsSince } from "../../views/process-words.ts";
import { NO_FIGURES, type RowFigures } from "../../views/row-figures.ts";
import type { FleetOrder } from "./fleet-order.ts";

const subjectOf = (placed: PlacedProcess, { cpu, rssKib, restarts }: RowFigures): SortSubject => ({
  name: placed.process.name,
  group: placed.process.group,
  supervisor: placed.process.supervisor,
  look: lookOf(placed),
  pid: placed.process.pid ?? 0,
  sinceMs: countsSince(placed),
  ...{ cpu, rssKib, restarts },
});

type Figures = (placed: PlacedProcess) => RowFigures;

const OF_FIGURES: readonly string[] = ["cpu", "memory", "restarts"];
const none: Figures = () => NO_FIGURES;

/** All processes in an order; those that are equal in it stand by name. */
export function processOrder(order: FleetOrder, figures: Figures): (sort: Sort) => readonly PlacedProcess[] {
  return (sort) => {
    const rows = order.rows();
    if (sort.column === "name") return sort.descending ? rows.toReversed() : rows;
    const compare = compareBy(sort);
    const used = OF_FIGURES.includes(sort.column) ? figures : none;
    return rows
      .map((placed) => ({ placed, subject: subjectOf(placed, used(placed)) }))
      .sort((a, b) => compare(a.subject, b.subject))
      .map(({ placed }) => placed);
  };
}
