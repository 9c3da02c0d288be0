import { and, eq, gte, lt, max, sql } from "drizzle-orm";
import type { Detail, Gap, JournalEntry, Unnumbered } from "../../domain/journal-entry.ts";
import type { SupervisorName } from "../../domain/names.ts";
import { type KnownEpoch, type KnownSupervisor, loadDictionary } from "./dictionary.ts";
import { ALL_CODES, flagsOf, GAP_CODE, GROUP_CODE, STATE_CODE, SUPERVISOR_CODE } from "./item-codes.ts";
import { createIdAllocator, firstIdOf, timeOf } from "./item-id.ts";
import { missingBefore } from "./missing-before.ts";
import type { HistoryDatabase } from "./open-database.ts";
import { endedSessions, epochs, gaps, itemSpawnerrs, items, spawnerrs } from "./schema.ts";

/** One thing that waits to be written. */
export type Pending =
  | {
      readonly kind: "entry";
      readonly supervisor: SupervisorName;
      readonly epoch: string;
      readonly entry: JournalEntry;
    }
  | { readonly kind: "gap"; readonly supervisor: SupervisorName; readonly gap: Unnumbered<Gap> }
  | { readonly kind: "session"; readonly id: string; readonly expiresMs: number };

type NewItem = Partial<Omit<typeof items.$inferInsert, "id" | "supervisorId">> & { readonly code: number };

/** Writes; holds what is known of names and cursors as the tables have it. */
export type BatchWriter = ReturnType<typeof createBatchWriter>;

export function createBatchWriter(db: HistoryDatabase) {
  const statements = prepareStatements(db);
  const newestIn = (first: number, end: number) => statements.newestIn.get({ first, end })?.id ?? null;
  const ids = createIdAllocator(newestIn, newestIn(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) ?? 0);
  let dictionary = loadDictionary(db);

  function insert(owner: KnownSupervisor, atMs: number, item: NewItem): number {
    const id = ids.allocate(atMs);
    const { processId = null, code, fromCode = null, flags = 0, pid = null, tries = null, seq = null } = item;
    statements.item.run({ id, supervisorId: owner.id, processId, code, fromCode, flags, pid, tries, seq });
    return id;
  }

  function insertGap(owner: KnownSupervisor, gap: Unnumbered<Gap>, seq: number | null): void {
    const itemId = insert(owner, gap.atMs, { code: GAP_CODE, seq });
    statements.gap.run({ itemId, fromMs: Math.floor(gap.fromMs), reason: gap.reason, lost: gap.lost });
  }

  /** The transition it speaks of; in the next millisecond where its own was full. */
  function insertDetail(owner: KnownSupervisor, detail: Detail): void {
    const processId = dictionary.process(owner, detail.group, detail.name);
    const [first, end] = [firstIdOf(detail.ofMs), firstIdOf(detail.ofMs + 2)];
    const item = statements.itemOf.get({ first, end, processId, seq: detail.ofSeq });
    if (item === undefined) return; // from before this history
    const text = detail.spawnerr;
    const known = statements.spawnerr.get({ text }) ?? statements.newSpawnerr.get({ text });
    if (known !== undefined) statements.itemSpawnerr.run({ itemId: item.id, spawnerrId: known.id });
  }

  function insertEntry(owner: KnownSupervisor, entry: JournalEntry): void {
    const { seq, atMs } = entry;
    switch (entry.kind) {
      case "transition": {
        const { pid, tries } = entry;
        const processId = dictionary.process(owner, entry.group, entry.name);
        const fromCode = entry.fromState === null ? null : STATE_CODE[entry.fromState];
        const code = STATE_CODE[entry.toState];
        insert(owner, atMs, { processId, code, fromCode, flags: flagsOf(entry), pid, tries, seq });
        return;
      }
      case "detail":
        insertDetail(owner, entry);
        return;
      case "gap":
        insertGap(owner, entry, seq);
        return;
      case "supervisor":
        insert(owner, atMs, { code: SUPERVISOR_CODE[entry.state], seq });
        return;
      case "group": {
        const processId = dictionary.process(owner, entry.group, "");
        insert(owner, atMs, { processId, code: GROUP_CODE[entry.change], seq });
      }
    }
  }

  function lastKnownMs({ id: supervisorId }: KnownSupervisor): number | null {
    const newest = ALL_CODES.map((code) => statements.newestOf.get({ supervisorId, code })?.id ?? null);
    const known = newest.filter((id) => id !== null).map(timeOf);
    return known.length === 0 ? null : Math.max(...known);
  }

  /** From the last that is known of this supervisor. */
  const unknownUntil = (owner: KnownSupervisor, atMs: number): { fromMs: number; atMs: number } => ({
    fromMs: Math.min(atMs, lastKnownMs(owner) ?? atMs),
    atMs,
  });

  const hasGap = (owner: KnownSupervisor, gap: Unnumbered<Gap>): boolean => {
    const [first, end] = [firstIdOf(gap.atMs), firstIdOf(gap.atMs + 2)];
    const fromMs = Math.floor(gap.fromMs);
    return statements.gapLike.get({ first, end, supervisorId: owner.id, fromMs, reason: gap.reason }) !== undefined;
  };

  /** @returns the journal that went on, null where nothing of it is new */
  function writeOne(pending: Pending): KnownEpoch | null {
    if (pending.kind === "session") {
      statements.endedSession.run({ id: pending.id, expiresMs: pending.expiresMs });
      return null;
    }
    const owner = dictionary.supervisor(pending.supervisor);
    if (pending.kind === "gap") {
      // A hub that reads again after a failure may find the same gap again.
      if (!hasGap(owner, pending.gap)) insertGap(owner, pending.gap, null);
      return null;
    }
    const hadAnother = owner.latest !== null && owner.latest.epoch !== pending.epoch;
    const epoch = dictionary.epoch(owner, pending.epoch);
    const { entry } = pending;
    if (entry.seq <= epoch.lastSeq) return null;
    const reason = missingBefore(entry, epoch.lastSeq, hadAnother);
    if (reason !== null)
      insertGap(owner, { kind: "gap", ...unknownUntil(owner, entry.atMs), reason, lost: null }, null);
    insertEntry(owner, entry);
    epoch.lastSeq = entry.seq;
    return epoch;
  }

  return {
    dictionary: () => dictionary,
    /** Of what is written: the time of the newest entry, whatever it says; null: none. */
    lastKnownMs(supervisor: SupervisorName): number | null {
      const owner = dictionary.supervisors.get(supervisor);
      return owner === undefined ? null : lastKnownMs(owner);
    },
    /**
     * Writes all, and the cursors with them, in one transaction; what a cursor already covers is passed over.
     * @throws whatever SQLite says; then nothing was written
     */
    write(batch: readonly Pending[]): void {
      try {
        db.transaction(
          () => {
            const moved = new Set<KnownEpoch>();
            for (const pending of batch) {
              const epoch = writeOne(pending);
              if (epoch !== null) moved.add(epoch);
            }
            for (const { id, lastSeq } of moved) statements.cursor.run({ id, lastSeq });
          },
          { behavior: "immediate" },
        );
      } catch (error) {
        ids.forget();
        dictionary = loadDictionary(db);
        throw error;
      }
    },
  };
}

function prepareStatements(db: HistoryDatabase) {
  const p = sql.placeholder;
  const between = and(gte(items.id, p("first")), lt(items.id, p("end")));
  const columns = {
    id: p("id"),
    supervisorId: p("supervisorId"),
    processId: p("processId"),
    code: p("code"),
    fromCode: p("fromCode"),
    flags: p("flags"),
    pid: p("pid"),
    tries: p("tries"),
    seq: p("seq"),
  };
  return {
    item: db.insert(items).values(columns).prepare(),
    newestIn: db
      .select({ id: max(items.id) })
      .from(items)
      .where(between)
      .prepare(),
    itemOf: db
      .select({ id: items.id })
      .from(items)
      .where(and(between, sql`+${items.processId} = ${p("processId")}`, eq(items.seq, p("seq"))))
      .prepare(),
    newestOf: db
      .select({ id: max(items.id) })
      .from(items)
      .where(and(eq(items.supervisorId, p("supervisorId")), eq(items.code, p("code"))))
      .prepare(),
    gap: db
      .insert(gaps)
      .values({ itemId: p("itemId"), fromMs: p("fromMs"), reason: p("reason"), lost: p("lost") })
      .prepare(),
    gapLike: db
      .select({ id: items.id })
      .from(items)
      .innerJoin(gaps, eq(gaps.itemId, items.id))
      .where(
        and(
          between,
          sql`+${items.supervisorId} = ${p("supervisorId")}`,
          eq(gaps.fromMs, p("fromMs")),
          eq(gaps.reason, p("reason")),
        ),
      )
      .prepare(),
    spawnerr: db
      .select({ id: spawnerrs.id })
      .from(spawnerrs)
      .where(eq(spawnerrs.text, p("text")))
      .prepare(),
    newSpawnerr: db
      .insert(spawnerrs)
      .values({ text: p("text") })
      .returning({ id: spawnerrs.id })
      .prepare(),
    itemSpawnerr: db
      .insert(itemSpawnerrs)
      .values({ itemId: p("itemId"), spawnerrId: p("spawnerrId") })
      .onConflictDoUpdate({ target: itemSpawnerrs.itemId, set: { spawnerrId: sql`excluded.spawnerr_id` } })
      .prepare(),
    cursor: db
      .update(epochs)
      .set({ lastSeq: sql`${p("lastSeq")}` })
      .where(eq(epochs.id, p("id")))
      .prepare(),
    endedSession: db
      .insert(endedSessions)
      .values({ id: p("id"), expiresMs: p("expiresMs") })
      .onConflictDoNothing()
      .prepare(),
  };
}
