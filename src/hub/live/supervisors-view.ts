import type { SupervisorName } from "../../domain/names.ts";
import { supervisorRowId } from "../../views/dom-id.ts";
import { supervisorRow } from "../../views/supervisor-row-text.tsx";
import type { Summed } from "../../views/supervisors-page.tsx";
import type { FleetView } from "../fleet-view.ts";
import { hostOfChange } from "./host-of-change.ts";
import type { PageMessage, PageView } from "./page-stream.ts";

/** Rows in one message; the rest waits, joined by row. */
const MOST_ROWS = 100;

/** Sums change all the time: a calm pace. */
const FIGURES_MS = 10_000;

type Deps = Summed & {
  readonly fleet: FleetView;
  readonly basePath: string;
  readonly now: () => number;
  readonly counts: () => string;
};

/** The table of supervisors as its readers see it. */
export function supervisorsView({ fleet, basePath, now, counts, tallyOf, sumsOf }: Deps): PageView {
  let waiting = new Set<SupervisorName>();
  let end = () => {};
  let again = () => {};
  const around = (): PageMessage => ({ data: counts() });
  const row = (name: SupervisorName): string => {
    const supervisor = fleet.supervisors().get(name);
    if (supervisor === undefined) return `<tr id="${supervisorRowId(name)}" data-gone></tr>`;
    const summed = { counts: tallyOf(supervisor).byLook, sums: sumsOf(supervisor) };
    return supervisorRow({ supervisor, ...summed, nowMs: now(), basePath, hidden: false });
  };
  /** What rows show of their sums, to see which of them read differently by now. */
  let shown = new Map<SupervisorName, string>();
  const sums = () =>
    new Map([...fleet.supervisors().values()].map((one) => [one.name, JSON.stringify(sumsOf(one))] as const));
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
        const name = hostOfChange(change);
        if (name === null) return;
        waiting.add(name);
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
