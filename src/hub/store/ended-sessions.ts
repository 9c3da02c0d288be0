import { lt } from "drizzle-orm";
import type { HistoryDatabase } from "./open-database.ts";
import { endedSessions } from "./schema.ts";
import type { EndedSessions } from "./store.ts";

/**
 * In memory, so that it works whatever happens to the file, and kept there.
 * @param keep writes one, as soon as it can be
 */
export function createEndedSessions(
  now: () => number,
  keep: (id: string, expiresMs: number) => void,
): EndedSessions & { readonly load: (db: HistoryDatabase) => void } {
  const ended = new Map<string, number>();
  return {
    has: (id) => ended.has(id),
    add(id, expiresMs) {
      for (const [old, ms] of ended) if (ms < now()) ended.delete(old);
      ended.set(id, expiresMs);
      keep(id, expiresMs);
    },
    load(db) {
      const kept = db.select().from(endedSessions).all();
      for (const { id, expiresMs } of kept) ended.set(id, expiresMs);
      const mayGo = kept.some(({ expiresMs }) => expiresMs < now());
      if (mayGo) db.delete(endedSessions).where(lt(endedSessions.expiresMs, now())).run();
    },
  };
}
