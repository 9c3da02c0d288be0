import { desc, eq, sql } from "drizzle-orm";
import type { Evidence } from "../../domain/evidence.ts";
import { timeOf } from "./item-id.ts";
import type { HistoryDatabase } from "./open-database.ts";
import { evidence } from "./schema.ts";

/** Evidence and the moment of the transition that it is of, epoch ms of the host's clock. */
export type KeptEvidence = { readonly atMs: number; readonly evidence: Evidence };

export type EvidenceRows = ReturnType<typeof createEvidenceRows>;

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
  return {
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
