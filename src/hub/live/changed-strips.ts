import type { ProcessUid } from "../../domain/names.ts";
import type { StripCode } from "../../views/day-strip.ts";
import { lookOf, type PlacedProcess } from "../../views/process-look.ts";

/** Rows at one time; the rest comes with the next. */
const MOST_ROWS = 200;

/**
 * Which cards' rows show a strip that is another one by now.
 * @param rows those in the cards, as of now
 */
export function changedStrips(rows: () => readonly PlacedProcess[], stripOf: (placed: PlacedProcess) => StripCode) {
  let shown = new Map<ProcessUid, StripCode>();
  const all = function* (): Generator<[ProcessUid, StripCode]> {
    for (const placed of rows()) if (lookOf(placed) === "running") yield [placed.process.uid, stripOf(placed)];
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
