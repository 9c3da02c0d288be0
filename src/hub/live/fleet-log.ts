import type { ProcessUid, SupervisorName } from "../../domain/names.ts";
import type { FleetChange } from "../fleet-change.ts";
import type { FleetView } from "../fleet-view.ts";
import { standing } from "./supervisor-standing.ts";

export type FleetLog = {
  /** of now; means something to this run of the hub alone */
  readonly version: () => string;
  /** Which rows look different since then, gone ones among them; null: too long ago to tell. */
  readonly since: (version: string) => ReadonlySet<ProcessUid> | null;
  /** Called with the rows that a change touches; null: any. @returns the end of it */
  readonly follow: (listener: (rows: readonly ProcessUid[] | null) => void) => () => void;
};

type Entry = { readonly version: number; readonly uid: ProcessUid };

/**
 * Remembers which rows changed lately, so that a page that comes with all rows, or comes back after a moment, gets the
 * few that it has not seen and not ten thousand.
 * @param keep entries, at least; twice as many at most
 */
export function fleetLog(fleet: FleetView, keep = 20_000): FleetLog {
  const run = crypto.randomUUID().slice(0, 8);
  let entries: Entry[] = [];
  /** what was before is forgotten */
  let floor = fleet.version();
  const standings = new Map<SupervisorName, string>();
  const listeners = new Set<(rows: readonly ProcessUid[] | null) => void>();
  for (const supervisor of fleet.supervisors().values()) standings.set(supervisor.name, standing(supervisor));

  const touched = (change: FleetChange): readonly ProcessUid[] | null => {
    switch (change.kind) {
      case "transition":
      case "process":
        return [change.process.uid];
      case "process_removed":
        return [change.uid];
      case "supervisor": {
        const { supervisor } = change;
        const now = standing(supervisor);
        if (standings.get(supervisor.name) === now) return change.added;
        standings.set(supervisor.name, now);
        return [...supervisor.processes.values()].map(({ uid }) => uid);
      }
      case "supervisor_removed":
        standings.delete(change.name);
        return null;
      case "notification":
        return [];
    }
  };
  const forget = () => {
    floor = fleet.version();
    entries = [];
  };
  const note = (rows: readonly ProcessUid[] | null) => {
    const version = fleet.version();
    if (rows === null) return forget();
    for (const uid of rows) entries.push({ version, uid });
    if (entries.length <= 2 * keep) return;
    entries = entries.slice(-keep);
    floor = entries[0]?.version ?? version;
  };
  fleet.subscribe((change) => {
    const rows = touched(change);
    if (rows?.length === 0 && change.kind !== "supervisor") return;
    note(rows);
    for (const listener of listeners) listener(rows);
  });

  return {
    version: () => `${run}.${fleet.version()}`,
    since(text) {
      const [ofRun, number] = text.split(".");
      const version = Number(number);
      if (ofRun !== run || !Number.isInteger(version) || version < floor) return null;
      const rows = new Set<ProcessUid>();
      for (let i = entries.length - 1; i >= 0; i--) {
        const entry = entries[i];
        if (entry === undefined || entry.version <= version) break;
        rows.add(entry.uid);
      }
      return rows;
    },
    follow(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
