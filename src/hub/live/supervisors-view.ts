import type { SupervisorName } from "../../domain/names.ts";
import { supervisorRowId } from "../../views/dom-id.ts";
import { updateCounts } from "../../views/frame-update.tsx";
import { supervisorRow } from "../../views/supervisor-row-text.tsx";
import type { FleetView } from "../fleet-view.ts";
import type { PageMessage, PageView } from "./page-stream.ts";

/** Rows in one message; the rest waits, joined by row. */
const MOST_ROWS = 100;

/** The table of supervisors as its readers see it. */
export function supervisorsView(fleet: FleetView, basePath: string, now: () => number): PageView {
  let waiting = new Set<SupervisorName>();
  let end = () => {};
  let again = () => {};
  const around = (): PageMessage => ({ data: updateCounts(fleet.supervisors(), basePath, "supervisors") });
  const row = (name: SupervisorName): string => {
    const supervisor = fleet.supervisors().get(name);
    return supervisor === undefined
      ? `<tr id="${supervisorRowId(name)}" data-gone></tr>`
      : supervisorRow(supervisor, now(), basePath);
  };
  const rows = (names: Iterable<SupervisorName>): PageMessage => ({
    event: "rows",
    data: [...names].map(row).join(""),
  });
  return {
    open(onChange) {
      again = onChange;
      waiting = new Set();
      end = fleet.subscribe((change) => {
        if (change.kind === "notification") return;
        if (change.kind === "supervisor") waiting.add(change.supervisor.name);
        else if (change.kind === "supervisor_removed") waiting.add(change.name);
        else waiting.add(change.kind === "process_removed" ? change.supervisor : change.process.supervisor);
        onChange();
      });
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
