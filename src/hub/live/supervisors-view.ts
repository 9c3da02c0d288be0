import type { SupervisorName } from "../../domain/names.ts";
import { supervisorRowId } from "../../views/dom-id.ts";
import { updateCounts } from "../../views/frame-update.tsx";
import { supervisorRow } from "../../views/supervisor-row-text.tsx";
import { sumsOf } from "../../views/supervisor-sums.ts";
import type { FleetView } from "../fleet-view.ts";
import { type FiguresOf, noFigures } from "./figures-of.ts";
import type { PageMessage, PageView } from "./page-stream.ts";

/** Rows in one message; the rest waits, joined by row. */
const MOST_ROWS = 100;

/** Sums change all the time: a calm pace. */
const FIGURES_MS = 10_000;

/** The table of supervisors as its readers see it. */
export function supervisorsView(
  fleet: FleetView,
  basePath: string,
  now: () => number,
  figures: FiguresOf = noFigures,
): PageView {
  let waiting = new Set<SupervisorName>();
  let end = () => {};
  let again = () => {};
  const around = (): PageMessage => ({ data: updateCounts(fleet.supervisors(), basePath, "supervisors") });
  const row = (name: SupervisorName): string => {
    const supervisor = fleet.supervisors().get(name);
    return supervisor === undefined
      ? `<tr id="${supervisorRowId(name)}" data-gone></tr>`
      : supervisorRow(supervisor, sumsOf(supervisor, figures.all), now(), basePath);
  };
  /** What rows show of their sums, to see which of them read differently by now. */
  let shown = new Map<SupervisorName, string>();
  const sums = () =>
    new Map(
      [...fleet.supervisors().values()].map((one) => [one.name, JSON.stringify(sumsOf(one, figures.all))] as const),
    );
  const rows = (names: Iterable<SupervisorName>): PageMessage => ({
    event: "rows",
    data: [...names].map(row).join(""),
  });
  return {
    open(onChange) {
      again = onChange;
      waiting = new Set();
      shown = sums();
      const timer = setInterval(() => {
        const fresh = sums();
        for (const [name, text] of fresh) if (shown.get(name) !== text) waiting.add(name);
        shown = fresh;
        if (waiting.size > 0) onChange();
      }, FIGURES_MS);
      const unsubscribe = fleet.subscribe((change) => {
        if (change.kind === "notification") return;
        if (change.kind === "supervisor") waiting.add(change.supervisor.name);
        else if (change.kind === "supervisor_removed") waiting.add(change.name);
        else waiting.add(change.kind === "process_removed" ? change.supervisor : change.process.supervisor);
        onChange();
      });
      end = () => {
        clearInterval(timer);
        unsubscribe();
      };
    },
    close: () => end(),
    key: () => fleet.version(),
    full: () => [around(), rows(fleet.supervisors().keys())],
    update() {
      const taken = [...waiting].slice(0, MOST_ROWS);
      for (const name of taken) waiting.delete(name);
      if (waiting.size > 0) queueMicrotask(again);
      return [around(), rows(taken)];
    },
  };
}
