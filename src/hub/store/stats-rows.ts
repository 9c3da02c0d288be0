import { and, asc, between, eq, gt, lt, min, sql } from "drizzle-orm";
import { DAY_MS } from "../../lib/day.ts";
import { joinFigures, SLOT_MS, type Slot, type SlotFigures } from "../stats/five-minutes.ts";
import { decodeSlot, encodeSlot } from "../stats/slot-codec.ts";
import type { Dictionary, KnownSupervisor } from "./dictionary.ts";
import type { HistoryDatabase } from "./open-database.ts";
import { stats, supervisors } from "./schema.ts";

const KEPT_MS = 30 * DAY_MS;
/** Rows deleted with each one that is written, at most. */
const STEP = 20;

export type StatsRows = ReturnType<typeof createStatsRows>;
export type KeptFigures = SlotFigures & { readonly atMs: number };

/** What processes used, five minutes a row, for 30 days. */
export function createStatsRows(db: HistoryDatabase, dictionary: () => Dictionary) {
  const q = prepareStatements(db);
  let cleaned = 0;

  /** A little with each write: its own supervisor's, and another's in turn, which may not be in the fleet any more. */
  const expire = (ownerId: number, slot: number): void => {
    const before = slot - KEPT_MS / SLOT_MS;
    cleaned = q.next.get({ after: cleaned })?.id ?? 0;
    for (const supervisorId of new Set([ownerId, cleaned])) q.expire.run({ supervisorId, before, step: STEP });
  };

  return {
    put(owner: KnownSupervisor, { slot, figures }: Slot): void {
      const byId = new Map<number, SlotFigures>();
      for (const [name, figure] of figures) {
        const colon = name.indexOf(":");
        byId.set(dictionary().process(owner, name.slice(0, colon), name.slice(colon + 1)), figure);
      }
      const kept = q.one.get({ supervisorId: owner.id, slot });
      for (const [id, before] of kept === undefined ? [] : decodeSlot(kept.body)) {
        const figure = byId.get(id);
        byId.set(id, figure === undefined ? before : joinFigures(before, figure));
      }
      q.put.run({ supervisorId: owner.id, slot, body: encodeSlot(byId) });
      expire(owner.id, slot);
    },
    /** Oldest first; both ends included. */
    of(owner: KnownSupervisor, processId: number, fromMs: number, toMs: number): KeptFigures[] {
      const range = { first: Math.floor(fromMs / SLOT_MS), last: Math.floor(toMs / SLOT_MS) };
      return q.range.all({ supervisorId: owner.id, ...range }).flatMap(({ slot, body }) => {
        const figure = decodeSlot(body, processId).get(processId);
        return figure === undefined ? [] : [{ atMs: slot * SLOT_MS, ...figure }];
      });
    },
  };
}

function prepareStatements(db: HistoryDatabase) {
  const p = sql.placeholder;
  const ofOwner = eq(stats.supervisorId, p("supervisorId"));
  const old = db
    .select({ slot: stats.slot })
    .from(stats)
    .where(and(ofOwner, lt(stats.slot, p("before"))))
    .orderBy(asc(stats.slot))
    .limit(p("step"));
  return {
    put: db
      .insert(stats)
      .values({ supervisorId: p("supervisorId"), slot: p("slot"), body: p("body") })
      .onConflictDoUpdate({ target: [stats.supervisorId, stats.slot], set: { body: sql`excluded.body` } })
      .prepare(),
    one: db
      .select({ body: stats.body })
      .from(stats)
      .where(and(ofOwner, eq(stats.slot, p("slot"))))
      .prepare(),
    range: db
      .select({ slot: stats.slot, body: stats.body })
      .from(stats)
      .where(and(ofOwner, between(stats.slot, p("first"), p("last"))))
      .orderBy(asc(stats.slot))
      .prepare(),
    expire: db
      .delete(stats)
      .where(and(ofOwner, sql`${stats.slot} IN ${old}`))
      .prepare(),
    next: db
      .select({ id: min(supervisors.id) })
      .from(supervisors)
      .where(gt(supervisors.id, p("after")))
      .prepare(),
  };
}
