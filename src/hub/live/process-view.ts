import type { ProcessUid } from "../../domain/names.ts";
import type { HistoryLine } from "../../views/history-line.ts";
import { updateHappened, updateProcess } from "../../views/process-update.tsx";
import type { FleetView } from "../fleet-view.ts";
import { followAll } from "./follow-all.ts";
import type { PageView } from "./page-stream.ts";

type Deps = {
  readonly fleet: FleetView;
  readonly basePath: string;
  readonly now: () => number;
  readonly counts: () => string;
  /** newest first; null: cannot be read now */
  readonly lines: () => readonly HistoryLine[] | null;
};

/** The page of one process as its readers see it. */
export function processView(uid: ProcessUid, { fleet, basePath, now, counts, lines }: Deps): PageView {
  const all = (): string => {
    const process = fleet.process(uid);
    const supervisor = process === null ? undefined : fleet.supervisors().get(process.supervisor);
    if (process === null || supervisor === undefined) return counts();
    const known = lines();
    return [
      updateProcess({ process, supervisor }, { nowMs: now(), basePath }),
      known === null ? "" : updateHappened(known, { nowMs: now(), basePath }, false),
      counts(),
    ].join("");
  };
  return {
    ...followAll(fleet),
    key: () => fleet.version(),
    full: all,
    update: all,
  };
}
