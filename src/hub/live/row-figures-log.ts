import type { ProcessUid } from "../../domain/names.ts";
import { rowId } from "../../views/dom-id.ts";
import type { PlacedProcess } from "../../views/process-look.ts";
import { figuresCode, type RowFigures } from "../../views/row-figures.ts";
import type { FleetView } from "../fleet-view.ts";
import type { FiguresOf } from "./figures-of.ts";

/** Pages within this time show the same. */
const FRESH_MS = 4_000;

type Shown = { readonly figures: RowFigures; readonly code: string; readonly tick: number };

/**
 * The figures of all rows as of the last refresh, so that pages and stream show the same, and which refresh changed
 * them. While nobody follows, pages are made of the figures of the moment.
 */
export function rowFiguresLog(fleet: FleetView, { all }: FiguresOf) {
  const shown = new Map<ProcessUid, Shown>();
  let tick = 0;
  let readMs = Number.NEGATIVE_INFINITY;
  let isUsed = false;

  const take = (placed: PlacedProcess): RowFigures => {
    const { uid } = placed.process;
    const known = shown.get(uid);
    const figures = all(placed);
    const code = figuresCode(figures);
    if (known?.code === code) return known.figures;
    shown.set(uid, { figures, code, tick });
    return figures;
  };
  const readAll = (): void => {
    readMs = performance.now();
    tick++;
    for (const supervisor of fleet.supervisors().values())
      for (const process of supervisor.processes.values()) take({ process, supervisor });
    for (const uid of shown.keys()) if (fleet.process(uid) === null) shown.delete(uid);
  };
  const freshen = (): void => {
    if (!isUsed && performance.now() - readMs >= FRESH_MS) readAll();
  };
  return {
    tick(): number {
      freshen();
      return tick;
    },
    of: (placed: PlacedProcess): RowFigures => shown.get(placed.process.uid)?.figures ?? take(placed),
    /** The first reader has come. */
    begin(): void {
      freshen();
      isUsed = true;
    },
    refresh: readAll,
    /** Lines of row and figures, parted by a tab. */
    since(since: number): string {
      const lines: string[] = [];
      for (const [uid, { code, tick }] of shown) if (tick > since) lines.push(`${rowId(uid)}\t${code}`);
      return lines.join("\n");
    },
    /** The last reader has gone. */
    end(): void {
      isUsed = false;
    },
  };
}

export type RowFiguresLog = ReturnType<typeof rowFiguresLog>;
