import type { ProcessUid } from "../../domain/names.ts";
import type { StripCode } from "../../views/day-strip.ts";
import { lookOf, type PlacedProcess } from "../../views/process-look.ts";
import type { FleetView } from "../fleet-view.ts";

/** Rows at one time; the rest comes with the next. */
const MOST_ROWS = 200;

/** Which cards' rows show a strip that is another one by now. */
export function changedStrips(fleet: FleetView, stripOf: (placed: PlacedProcess) => StripCode) {
  let shown = new Map<ProcessUid, StripCode>();
  const all = function* (): Generator<[ProcessUid, StripCode]> {
    for (const supervisor of fleet.supervisors().values())
      for (const process of supervisor.processes.values()) {
        const placed = { process, supervisor };
        if (lookOf(placed) === "running") yield [process.uid, stripOf(placed)];
      }
  };
  return {
    begin: () => {
      shown = new Map(all());
    },
    take(): ProcessUid[] {
      const changed: ProcessUid[] = [];
      for (const [uid, strip] of all()) {
        if (shown.get(uid) === strip) continue;
        shown.set(uid, strip);
        if (changed.push(uid) >= MOST_ROWS) break;
      }
      return changed;
    },
  };
}
