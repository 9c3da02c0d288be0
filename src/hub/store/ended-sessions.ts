import { lt } from "drizzle-orm";
import { ClosableDatabase } from "./closable-database.ts";
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
): EndedSessions & {
  readonly load: (db: HistoryDatabase) => void;
  /** Out of a database of an older version, which stays as it is. */
  readonly loadOlder: (path: string) => void;
} {
  const ended = new Map<string, number>();
  return {
    has: (id) => ended.has(id),
    add(id, expiresMs) {
      for (const [old, ms] of ended) if (ms < now()) ended.delete(old);
      ended.set(id, expiresMs);
      keep(id, expiresMs);
    },
    loadOlder(path) {
      try {
        const client = new ClosableDatabase(path, { readonly: true });
        const kept = client.query("SELECT id, expires_ms FROM ended_sessions").values() as [string, number][];
        for (const [id, expiresMs] of kept) ended.set(id, expiresMs);
        client.close();
      } catch {
        // The first version has none; and what cannot be read, the upgrade tells.
      }
    },
    load(db) {
      const kept = db.select().from(endedSessions).all();
      for (const { id, expiresMs } of kept) ended.set(id, expiresMs);
      const mayGo = kept.some(({ expiresMs }) => expiresMs < now());
      if (mayGo) db.delete(endedSessions).where(lt(endedSessions.expiresMs, now())).run();
    },
  };
}
