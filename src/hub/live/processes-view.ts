import type { ProcessUid } from "../../domain/names.ts";
import { rowId } from "../../views/dom-id.ts";
import { updateAttention, updateCounts } from "../../views/frame-update.tsx";
import { tableRow } from "../../views/table-row.tsx";
import type { FleetView } from "../fleet-view.ts";
import type { FleetLog } from "./fleet-log.ts";
import type { FleetTallies } from "./fleet-tallies.ts";
import type { PageMessage, PageView } from "./page-stream.ts";
import type { RowFiguresLog } from "./row-figures-log.ts";

/** Rows in one message. Ten messages a second: what a page can take in and still scroll; the rest waits, joined by row. */
const MOST_ROWS = 100;

/** Figures change all the time: a calm pace. */
const FIGURES_MS = 5_000;

/** The table of processes as its readers see it: never all of it, that is what the page is for. */
export function processesView(
  fleet: FleetView,
  log: FleetLog,
  live: RowFiguresLog,
  tallies: FleetTallies,
  basePath: string,
  now: () => number,
): PageView {
  let waiting = new Set<ProcessUid>();
  let lost = false;
  /** the tick that all readers have */
  let sent = 0;
  let end = () => {};
  let again = () => {};

  const around = (): PageMessage => {
    const attention = updateAttention(tallies.attention(), now(), basePath, "processes");
    return { data: attention + updateCounts(tallies.counts(), basePath, "processes") };
  };
  const row = (uid: ProcessUid): string => {
    const process = fleet.process(uid);
    const supervisor = process === null ? undefined : fleet.supervisors().get(process.supervisor);
    if (process === null || supervisor === undefined) return `<tr id="${rowId(uid)}" data-gone></tr>`;
    const placed = { process, supervisor };
    return tableRow(placed, live.of(placed), now(), basePath);
  };
  const rows = (uids: Iterable<ProcessUid>, id: string | null): PageMessage => ({
    event: "rows",
    ...(id === null ? {} : { id }),
    data: [...uids].map(row).join(""),
  });

  const version = () => `${log.version()}.${live.tick()}`;
  /** Of those that read differently since that tick. */
  const figures = (tick: number): PageMessage[] => {
    const data = live.since(tick);
    return data === "" ? [] : [{ event: "figures", data }];
  };

  return {
    open(onChange) {
      again = onChange;
      waiting = new Set();
      live.begin();
      sent = live.tick();
      const timer = setInterval(() => {
        live.refresh();
        onChange();
      }, FIGURES_MS);
      const unfollow = log.follow((uids) => {
        if (uids === null) lost = true;
        for (const uid of uids ?? []) waiting.add(uid);
        onChange();
      });
      end = () => {
        clearInterval(timer);
        unfollow();
        live.end();
      };
    },
    close: () => end(),
    key: () => fleet.version(),
    full(since) {
      const changed = since === null ? null : log.since(since);
      if (changed === null) return [around(), { event: "resync", id: version(), data: "" }];
      return [around(), rows(changed, version()), ...figures(Number(since?.split(".")[2] ?? 0))];
    },
    update() {
      if (lost) {
        lost = false;
        waiting = new Set();
        return [around(), { event: "resync", id: version(), data: "" }];
      }
      const news = figures(sent);
      sent = live.tick();
      const taken = [...waiting].slice(0, MOST_ROWS);
      for (const uid of taken) waiting.delete(uid);
      if (waiting.size > 0) queueMicrotask(again);
      // Who comes back is to be told of what still waits, too.
      return [around(), ...(taken.length === 0 ? [] : [rows(taken, waiting.size === 0 ? version() : null)]), ...news];
    },
  };
}
