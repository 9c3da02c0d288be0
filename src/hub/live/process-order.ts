import type { FleetProcess } from "../../domain/process.ts";
import { lookOf, type PlacedProcess } from "../../views/process-look.ts";
import { byName, compareBy, type Sort, type SortSubject } from "../../views/process-sort.ts";
import { countsSince } from "../../views/process-words.ts";
import { NO_FIGURES, type RowFigures } from "../../views/row-figures.ts";
import type { FleetView } from "../fleet-view.ts";

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

/** All processes in an order. Names are compared when processes come or go only: that is the slow part. */
export function processOrder(fleet: FleetView, figures: Figures): (sort: Sort) => readonly PlacedProcess[] {
  let names: readonly FleetProcess["uid"][] = [];

  const all = (): PlacedProcess[] =>
    [...fleet.supervisors().values()].flatMap((supervisor) =>
      [...supervisor.processes.values()].map((process) => ({ process, supervisor })),
    );
  const inOrder = (rows: readonly PlacedProcess[], compare: (a: SortSubject, b: SortSubject) => number, used = none) =>
    rows
      .map((placed) => ({ placed, subject: subjectOf(placed, used(placed)) }))
      .sort((a, b) => compare(a.subject, b.subject))
      .map(({ placed }) => placed);
  const byNames = (): readonly PlacedProcess[] => {
    const now = all();
    const places = new Map(now.map((placed) => [placed.process.uid, placed] as const));
    if (names.length !== now.length || names.some((uid) => !places.has(uid)))
      names = inOrder(now, byName).map(({ process }) => process.uid);
    return names.flatMap((uid) => places.get(uid) ?? []);
  };

  return (sort) => {
    const rows = byNames();
    if (sort.column !== "name")
      return inOrder(rows, compareBy(sort), OF_FIGURES.includes(sort.column) ? figures : none);
    return sort.descending ? rows.toReversed() : rows;
  };
}
