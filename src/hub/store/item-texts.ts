import { eq, sql } from "drizzle-orm";
import type { HistoryDatabase } from "./open-database.ts";
import { itemSpawnerrs, spawnerrs } from "./schema.ts";

/**
 * Texts that belong to items, each kept once: spawn errors, and with what is no transition why it was so.
 * @returns writes one; a later one for the same item replaces it
 */
export function createItemTexts(db: HistoryDatabase): (itemId: number, text: string) => void {
  const p = sql.placeholder;
  const known = db
    .select({ id: spawnerrs.id })
    .from(spawnerrs)
    .where(eq(spawnerrs.text, p("text")))
    .prepare();
  const add = db
    .insert(spawnerrs)
    .values({ text: p("text") })
    .returning({ id: spawnerrs.id })
    .prepare();
  const attach = db
    .insert(itemSpawnerrs)
    .values({ itemId: p("itemId"), spawnerrId: p("spawnerrId") })
    .onConflictDoUpdate({ target: itemSpawnerrs.itemId, set: { spawnerrId: sql`excluded.spawnerr_id` } })
    .prepare();
  return (itemId, text) => {
    const found = known.get({ text }) ?? add.get({ text });
    if (found !== undefined) attach.run({ itemId, spawnerrId: found.id });
  };
}
