import { causeOf, type Evidence } from "../../domain/evidence.ts";
import { createEvidenceRows } from "./evidence-rows.ts";
import { rowsOf } from "./history-rows.ts";
import type { HistoryDatabase } from "./open-database.ts";
import type { Found, FoundRow, IdRange, RowSource } from "./row-source.ts";

/** In SQL, to be tested for their plans. */
export const TEXT_SQL = {
  texts: `SELECT t.item_id, instr(lower(s.text), lower(?3)) FROM item_spawnerrs AS t CROSS JOIN spawnerrs AS s ON s.id = t.spawnerr_id
    WHERE t.item_id > ?1 AND t.item_id < ?2 ORDER BY t.item_id DESC LIMIT ?4`,
  item: "SELECT id, run, facts FROM items WHERE id = ?",
} as const;

/** Looked at at once, and what one costs in rows that are looked at: evidence has to be unpacked. */
const TEXTS = { atOnce: 4_000, cost: 2 };
const EVIDENCE = { atOnce: 250, cost: 40 };

type Ids = { readonly ids: readonly number[]; readonly doneTo: number; readonly cost: number };

/** Rows whose spawn error, message or evidence has a text in it, in any case. */
export function textRows(db: HistoryDatabase) {
  const client = db.$client;
  const texts = client.query(TEXT_SQL.texts);
  const item = client.query(TEXT_SQL.item);
  const evidence = createEvidenceRows(db);

  function ofTexts({ after, before }: IdRange, text: string): Ids {
    const rows = texts.values(after, before, text, TEXTS.atOnce) as [number, number][];
    return found(
      rows.map(([id]) => id),
      (_, i) => (rows[i]?.[1] ?? 0) > 0,
      after,
      TEXTS,
    );
  }

  function ofEvidence(range: IdRange, text: string, processes: readonly number[] | null): Ids {
    const ids = evidence.newest(processes, range, EVIDENCE.atOnce);
    const wanted = text.toLowerCase();
    return found(ids, (id) => tells(evidence.of(id), wanted), range.after, EVIDENCE);
  }

  /** @param processes alone are asked for evidence; null: all */
  return (text: string, processes: readonly number[] | null): RowSource =>
    (range, limit): Found => {
      const both = [ofTexts(range, text), ofEvidence(range, text, processes)];
      const cost = both.reduce((sum, one) => sum + one.cost, 0);
      const doneTo = Math.max(...both.map((one) => one.doneTo));
      const ids = new Set(both.flatMap((one) => one.ids.filter((id) => id >= doneTo)));
      const newest = [...ids].sort((a, b) => b - a).slice(0, limit);
      const rows = newest.flatMap((id): FoundRow[] => rowsOf(item.values(id)));
      return { rows, doneTo: newest.length < ids.size ? (newest.at(-1) ?? doneTo) : doneTo, cost };
    };
}

const found = (
  ids: readonly number[],
  isWanted: (id: number, i: number) => boolean,
  after: number,
  { atOnce, cost }: { readonly atOnce: number; readonly cost: number },
): Ids => ({
  ids: ids.filter(isWanted),
  doneTo: ids.length < atOnce ? after : (ids.at(-1) ?? after),
  cost: ids.length * cost,
});

/** @param wanted in lower case */
function tells(evidence: Evidence | null, wanted: string): boolean {
  if (evidence === null) return false;
  const texts = [causeOf(evidence), evidence.stderrTail, evidence.stdoutTail];
  return texts.some((text) => text?.toLowerCase().includes(wanted));
}
