import type { ProcessUid } from "../../domain/names.ts";
import { rowId } from "../../views/dom-id.ts";
import { updateAttention, updateCounts } from "../../views/frame-update.tsx";
import { tableRow } from "../../views/table-row.tsx";
import type { FleetView } from "../fleet-view.ts";
import type { FleetLog } from "./fleet-log.ts";
import type { PageMessage, PageView } from "./page-stream.ts";

/** Rows in one message. Ten messages a second: what a page can take in and still scroll; the rest waits, joined by row. */
const MOST_ROWS = 100;

/** The table of processes as its readers see it: never all of it, that is what the page is for. */
export function processesView(fleet: FleetView, log: FleetLog, basePath: string, now: () => number): PageView {
  let waiting = new Set<ProcessUid>();
  let lost = false;
  let end = () => {};
  let again = () => {};

  const around = (): PageMessage => {
    const supervisors = fleet.supervisors();
    const pieces = [
      updateAttention(supervisors, now(), basePath, "processes"),
      updateCounts(supervisors, basePath, "processes"),
    ];
    return { data: pieces.join("") };
  };
  const row = (uid: ProcessUid): string => {
    const process = fleet.process(uid);
    const supervisor = process === null ? undefined : fleet.supervisors().get(process.supervisor);
    if (process === null || supervisor === undefined) return `<tr id="${rowId(uid)}" data-gone></tr>`;
    return tableRow({ process, supervisor }, now(), basePath);
  };
  const rows = (uids: Iterable<ProcessUid>, id: string | null): PageMessage => ({
    event: "rows",
    ...(id === null ? {} : { id }),
    data: [...uids].map(row).join(""),
  });

  return {
    open(onChange) {
      again = onChange;
      waiting = new Set();
      end = log.follow((uids) => {
        if (uids === null) lost = true;
        for (const uid of uids ?? []) waiting.add(uid);
        onChange();
      });
    },
    close: () => end(),
    key: () => fleet.version(),
    full(since) {
      const changed = since === null ? null : log.since(since);
      if (changed === null) return [around(), { event: "resync", id: log.version(), data: "" }];
      return [around(), rows(changed, log.version())];
    },
    update() {
      if (lost) {
        lost = false;
        waiting = new Set();
        return [around(), { event: "resync", id: log.version(), data: "" }];
      }
      const taken = [...waiting].slice(0, MOST_ROWS);
      for (const uid of taken) waiting.delete(uid);
      if (waiting.size > 0) queueMicrotask(again);
      // Who comes back is to be told of what still waits, too.
      return [around(), ...(taken.length === 0 ? [] : [rows(taken, waiting.size === 0 ? log.version() : null)])];
    },
  };
}
