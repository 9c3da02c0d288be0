import { and, eq, gte, lt, sql } from "drizzle-orm";
import type { Gap, GapReason, JournalEntry, Unnumbered } from "../../domain/journal-entry.ts";
import type { SupervisorName } from "../../domain/names.ts";
import type { SentActions } from "../history/sent-actions.ts";
import { createAccounts } from "./accounts.ts";
import { createCauseKeeper } from "./cause-keeper.ts";
import { createCommandRows } from "./command-rows.ts";
import { type KnownEpoch, type KnownSupervisor, loadDictionary } from "./dictionary.ts";
import { createEntryWriter } from "./entry-writer.ts";
import { createEvidenceRows } from "./evidence-rows.ts";
import { GAP_CODE, runOf } from "./item-codes.ts";
import { firstIdOf } from "./item-id.ts";
import { createItemRows } from "./item-rows.ts";
import { createItemTexts } from "./item-texts.ts";
import { missingBefore } from "./missing-before.ts";
import type { HistoryDatabase } from "./open-database.ts";
import type { Pending } from "./pending.ts";
import { endedSessions, epochs, gaps, items as itemTable, supervisors } from "./schema.ts";
import { createStatsRows } from "./stats-rows.ts";
import { createUndo } from "./undo.ts";

/** Rows that go through the index in one step: some 10 ms. */
const SETTLED_ROWS = 4_000;

/** Writes; holds what is known of names and cursors as the tables have it. */
export type BatchWriter = ReturnType<typeof createBatchWriter>;

export function createBatchWriter(db: HistoryDatabase, sent: SentActions) {
  const client = db.$client;
  const statements = prepareStatements(db);
  const items = createItemRows(db);
  const accounts = createAccounts(db, items.flush);
  const undo = createUndo();
  const causes = createCauseKeeper(items, sent, undo);
  const writeText = createItemTexts(db);
  let dictionary = loadDictionary(db);
  /** a transaction is open */
  let isBegun = false;
  const movedEpochs = new Set<KnownEpoch>();
  const movedOwners = new Set<KnownSupervisor>();
  const evidence = createEvidenceRows(db);
  const stats = createStatsRows(db, () => dictionary);
  const parts = { items, accounts, causes, evidence, writeText, undo, dictionary: () => dictionary };
  const writer = createEntryWriter(db, parts);
  const commands = createCommandRows(db, parts);

  const hasGap = (owner: KnownSupervisor, gap: Unnumbered<Gap>): boolean => {
    items.flush();
    const [first, end] = [firstIdOf(gap.atMs), firstIdOf(gap.atMs + 2)];
    const [run, fromMs] = [runOf(-owner.id, GAP_CODE), Math.floor(gap.fromMs)];
    return statements.gapLike.get({ first, end, run, fromMs, reason: gap.reason }) !== undefined;
  };

  /** The last that is known of a supervisor up to a moment; the moment itself where nothing is. */
  function lastBefore(owner: KnownSupervisor, atMs: number): number {
    if (owner.newestMs === null || owner.newestMs <= atMs) return owner.newestMs ?? atMs;
    // Its clock was ahead for a while, and what was told then lies after what is told now.
    return items.newestTimeOf(owner.processes.values(), atMs) ?? atMs;
  }

  /** From the last that is known of it. An entry that is itself a gap says what is missing from its own beginning on. */
  function writeMissing(owner: KnownSupervisor, reason: GapReason, entry: JournalEntry): void {
    const atMs = entry.kind === "gap" ? Math.min(entry.fromMs, entry.atMs) : entry.atMs;
    const fromMs = lastBefore(owner, atMs);
    if (entry.kind !== "gap" || fromMs < atMs)
      writer.gap(owner, { kind: "gap", fromMs, atMs, reason, lost: null }, null);
  }

  /** @returns the journal that went on, null where nothing of it is new */
  function writeEntry(owner: KnownSupervisor, journal: string, entry: JournalEntry): KnownEpoch | null {
    const hadAnother = owner.latest !== null && owner.latest.epoch !== journal;
    const epoch = dictionary.epoch(owner, journal);
    if (entry.seq <= epoch.lastSeq) return null;
    const reason = missingBefore(entry.seq, epoch.lastSeq, hadAnother);
    if (reason !== null) writeMissing(owner, reason, entry);
    writer.entry(owner, entry);
    epoch.lastSeq = entry.seq;
    return epoch;
  }

  const told = (owner: KnownSupervisor, atMs: number): void => {
    owner.newestMs = Math.max(Math.floor(atMs), owner.newestMs ?? Number.MIN_SAFE_INTEGER);
  };

  function writeOne(pending: Pending): void {
    switch (pending.kind) {
      case "session":
        statements.endedSession.run({ id: pending.id, expiresMs: pending.expiresMs });
        return;
      case "stats":
        stats.put(dictionary.supervisor(pending.supervisor), pending.slot);
        return;
      case "command":
        commands.begin(pending.command);
        return;
      case "outcome":
        commands.end(pending.actionId, pending.outcomes);
        return;
      case "link":
        writer.link(dictionary.supervisor(pending.supervisor), pending.atMs, pending.status, pending.reason);
        return;
      case "gap": {
        const owner = dictionary.supervisor(pending.supervisor);
        // A hub that reads again after a failure may find the same gap again.
        if (hasGap(owner, pending.gap)) return;
        writer.gap(owner, pending.gap, null);
        told(owner, pending.gap.atMs);
        movedOwners.add(owner);
        return;
      }
      case "entry": {
        const owner = dictionary.supervisor(pending.supervisor);
        const epoch = writeEntry(owner, pending.epoch, pending.entry);
        if (epoch === null) return;
        told(owner, pending.entry.atMs);
        movedEpochs.add(epoch);
        movedOwners.add(owner);
      }
    }
  }

  function forget(): void {
    movedEpochs.clear();
    movedOwners.clear();
    items.forget();
    accounts.forget();
    causes.forget();
    undo.rolledBack();
    dictionary = loadDictionary(db);
  }

  /** In the transaction that is open, or a new one. @throws whatever SQLite says; then nothing of it is left */
  function inOpen<T>(work: () => T): T {
    try {
      begin();
      return work();
    } catch (error) {
      isBegun = false;
      if (client.inTransaction) client.run("ROLLBACK");
      forget();
      throw error;
    }
  }

  function begin(): void {
    // After some failures, also of a reader, SQLite does so by itself.
    if (isBegun && !client.inTransaction) throw new Error("what was about to be written was rolled back");
    if (!isBegun) client.run("BEGIN IMMEDIATE");
    isBegun = true;
  }

  /** The cursors, together with what they cover. */
  function moveCursors(): void {
    for (const { id, lastSeq } of movedEpochs) statements.cursor.run({ id, lastSeq });
    for (const { id, newestMs } of movedOwners) statements.newest.run({ id, newestMs });
    movedEpochs.clear();
    movedOwners.clear();
  }

  function commit(): void {
    items.flush();
    moveCursors();
    client.run("COMMIT");
    undo.committed();
    isBegun = false;
  }

  return {
    dictionary: () => dictionary,
    accounts,
    stats,
    /** All or nothing. @throws whatever SQLite says */
    inTransaction(work: () => void): void {
      inOpen(() => {
        work();
        commit();
      });
    },
    /** Of what is written: the time of the newest entry, whatever it says; null: none. */
    lastKnownMs: (supervisor: SupervisorName): number | null =>
      dictionary.supervisors.get(supervisor)?.newestMs ?? null,
    /** To be called before anybody reads: what is written so far is in the tables then. @throws as `write` */
    flush: (): void => {
      if (isBegun) inOpen(items.flush);
    },
    /**
     * Writes all, and the cursors with them, in one transaction, which goes on until `commit`; what a cursor already
     * covers is passed over.
     * @throws whatever SQLite says; then nothing is left of all since the last commit
     */
    write(batch: readonly Pending[]): void {
      inOpen(() => {
        for (const pending of batch) writeOne(pending);
        accounts.settle();
      });
    },
    /** Some of what is left to do before `commit`, so that it takes less. @returns whether more is left. @throws as `write` */
    settleSome: (): boolean => inOpen(() => items.flushSome(SETTLED_ROWS)),
    /** @throws as `write` */
    commit: (): void => inOpen(commit),
  };
}

function prepareStatements(db: HistoryDatabase) {
  const p = sql.placeholder;
  return {
    gapLike: db
      .select({ id: itemTable.id })
      .from(itemTable)
      .innerJoin(gaps, eq(gaps.itemId, itemTable.id))
      .where(
        and(
          gte(itemTable.id, p("first")),
          lt(itemTable.id, p("end")),
          sql`+${itemTable.run} = ${p("run")}`,
          eq(gaps.fromMs, p("fromMs")),
          eq(gaps.reason, p("reason")),
        ),
      )
      .prepare(),
    cursor: db
      .update(epochs)
      .set({ lastSeq: sql`${p("lastSeq")}` })
      .where(eq(epochs.id, p("id")))
      .prepare(),
    newest: db
      .update(supervisors)
      .set({ newestMs: sql`${p("newestMs")}` })
      .where(eq(supervisors.id, p("id")))
      .prepare(),
    endedSession: db
      .insert(endedSessions)
      .values({ id: p("id"), expiresMs: p("expiresMs") })
      .onConflictDoNothing()
      .prepare(),
  };
}
