import { desc, eq, sql } from "drizzle-orm";
import type { Evidence } from "../../domain/evidence.ts";
import { timeOf } from "./item-id.ts";
import type { HistoryDatabase } from "./open-database.ts";
import type { IdRange } from "./row-source.ts";
import { evidence } from "./schema.ts";

/** Evidence and the moment of the transition that it is of, epoch ms of the host's clock. */
export type KeptEvidence = { readonly atMs: number; readonly evidence: Evidence };

export type EvidenceRows = ReturnType<typeof createEvidenceRows>;

/** In SQL, to be tested for their plans. */
export const EVIDENCE_SQL = {
  newest: "SELECT item_id FROM evidence WHERE item_id > ? AND item_id < ? ORDER BY item_id DESC LIMIT ?",
  newestOf: `SELECT item_id FROM evidence WHERE process_id = ? AND item_id > ? AND item_id < ?
    ORDER BY item_id DESC LIMIT ?`,
} as const;

/** The evidence in the history, by the item that it belongs to. */
export function createEvidenceRows(db: HistoryDatabase) {
  const p = sql.placeholder;
  const insert = db
    .insert(evidence)
    .values({ itemId: p("itemId"), processId: p("processId"), body: p("body") })
    .onConflictDoUpdate({ target: evidence.itemId, set: { body: sql`excluded.body` } })
    .prepare();
  const one = db
    .select({ body: evidence.body })
    .from(evidence)
    .where(eq(evidence.itemId, p("itemId")))
    .prepare();
  const last = db
    .select({ itemId: evidence.itemId, body: evidence.body })
    .from(evidence)
    .where(eq(evidence.processId, p("processId")))
    .orderBy(desc(evidence.itemId))
    .limit(1)
    .prepare();
  const newest = db.$client.query(EVIDENCE_SQL.newest);
  const newestOf = db.$client.query(EVIDENCE_SQL.newestOf);
  return {
    /** Items that have evidence, newest first. @param processes null: all */
    newest(processes: readonly number[] | null, { after, before }: IdRange, limit: number): number[] {
      const rows =
        processes === null
          ? newest.values(after, before, limit)
          : processes.flatMap((process) => newestOf.values(process, after, before, limit));
      const ids = (rows as [number][]).map(([id]) => id);
      return processes === null ? ids : ids.sort((a, b) => b - a).slice(0, limit);
    },
    put(itemId: number, processId: number, value: Evidence): void {
      insert.run({ itemId, processId, body: pack(value) });
    },
    of(itemId: number): Evidence | null {
      const row = one.get({ itemId });
      return row === undefined ? null : unpack(row.body);
    },
    lastOf(processId: number): KeptEvidence | null {
      const row = last.get({ processId });
      return row === undefined ? null : { atMs: timeOf(row.itemId), evidence: unpack(row.body) };
    },
  };
}

const pack = (value: Evidence): Buffer => Bun.zstdCompressSync(JSON.stringify(value));
const unpack = (body: Uint8Array): Evidence => JSON.parse(new TextDecoder().decode(Bun.zstdDecompressSync(body)));
