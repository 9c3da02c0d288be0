import { messageOf } from "../../domain/errors.ts";
import { createSentActions } from "../history/sent-actions.ts";
import { createActionIds } from "./action-ids.ts";
import { inBackground } from "./background.ts";
import { createEndedSessions } from "./ended-sessions.ts";
import { setAside } from "./open-database.ts";
import { type OpenParts, openParts } from "./open-parts.ts";
import type { Pending } from "./pending.ts";
import type { Retention } from "./retention.ts";
import type { Store, StoreStatus } from "./store.ts";
import { OlderDatabase, type StoreFailure, storeFailure } from "./store-failure.ts";
import type { StoreOptions } from "./store-options.ts";
import { createStoreReads } from "./store-reads.ts";
import { createUpgrades } from "./upgrades.ts";
import { watchDatabase } from "./watch-database.ts";
import { createWriteQueue } from "./write-queue.ts";

type Open = OpenParts & { readonly endWatch: () => void };

/** After the hub has begun, and its links have. */
const UPKEEP_AFTER_MS = 3_000;
/** While more waits, so much goes into one transaction: what is written to again and again is written to the disk once. */
const COMMIT_ROWS = 64_000;
const { POSITIVE_INFINITY: EVER } = Number;
const KEEP_ALL: Retention = { days: EVER, maxBytes: EVER, evidenceDays: EVER };

/**
 * Opens the history, or goes on trying: a file that is locked, read-only or of a newer program, or a full disk, never
 * stops the hub.
 */
export function openStore(path: string, options: StoreOptions): Store {
  const { log, now, onStatus, onReplay, delayMs = 5, retryMs = 3_000, batchRows = 1_000, maxQueue = 100_000 } = options;
  const queue = createWriteQueue(maxQueue);
  const endedSessions = createEndedSessions(now, (id, expiresMs) => put({ kind: "session", id, expiresMs }));
  const sent = createSentActions();
  const actionIds = createActionIds();
  let open: Open | null = null;
  let failure: StoreFailure | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let closed = false;
  let replayNeeded = false;
  /** the caller has the store in hand; before that nobody is called back */
  let started = false;

  const { upgrade } = options;
  const upgrades =
    upgrade === undefined
      ? null
      : createUpgrades(
          () => {
            // Minutes in which who has logged out must not be let in.
            endedSessions.loadOlder(path);
            return upgrade(path);
          },
          { done: upgraded, failed: (error) => lost(error) },
          retryMs,
        );

  const status = (): StoreStatus => (failure === null ? { ok: true } : { ok: false, reason: failure.reason });

  function failed(error: unknown): void {
    if (error instanceof OlderDatabase && upgrades?.begin(error) === "again" && failure !== null) return;
    const next = storeFailure(error, path);
    const isNews = failure?.reason !== next.reason;
    failure = next;
    if (next.stale) close();
    if (next.corrupt) replaceFile(next, isNews);
    else if (isNews && error instanceof OlderDatabase) log.info(`History: ${next.reason}; everything else goes on`);
    else if (isNews) log.error(`History: ${next.reason}; everything else goes on, and it is tried again`);
    if (isNews && started) onStatus?.(status());
  }

  /** What the agents told meanwhile was asked for without knowing what is there already. */
  function upgraded(tookMs: number): void {
    log.info(`History: ${path} is of this program's version now, after ${(tookMs / 1_000).toFixed(1)} s`);
    queue.dropEntries();
    replayNeeded = true;
    writeBatch();
    schedule();
  }

  const lost = (error: unknown) => {
    failed(error);
    schedule();
  };

  function replaceFile({ reason, gone }: StoreFailure, isNews: boolean): void {
    queue.dropEntries([...queue.takenOf(), ...(open?.writer.dictionary().supervisors.keys() ?? [])]);
    replayNeeded = started;
    close();
    sent.giveBackAll();
    if (gone) {
      log.error(`History: ${reason}; a new one begins`);
      return;
    }
    try {
      log.error(`History: ${reason}; set aside as ${setAside(path, now())}, a new one begins`);
    } catch (error) {
      if (isNews) log.error(`History: ${reason}, and it cannot be renamed: ${messageOf(error)}; remove it`);
    }
  }

  function close(): void {
    open?.endWatch();
    queue.rolledBack();
    open?.db.close();
    open = null;
  }

  function ensureOpen(): Open {
    if (open !== null) return open;
    const { knownUntil = now, few, retention = () => KEEP_ALL } = options;
    upgrades?.check();
    const parts = openParts(path, { sent, endedSessions, knownUntil, few, retention, isOlderTaken: upgrades === null });
    open = { ...parts, endWatch: watchDatabase(path, "history", lost) };
    return open;
  }

  /** Whatever works again is told. */
  function healed(): void {
    if (failure !== null) {
      failure = null;
      log.info(`History: ${path} is written again`);
      if (started) onStatus?.(status());
    }
    if (!replayNeeded) return;
    replayNeeded = false;
    log.info("History: what could not be kept is read again from the agents");
    onReplay?.();
  }

  /** One step of it. @returns whether it could be done */
  function writeBatch(): boolean {
    try {
      const { writer } = ensureOpen();
      const batch = queue.begun() < COMMIT_ROWS ? queue.next(batchRows) : [];
      // An empty batch proves nothing of a file that could not be written.
      if (batch.length > 0 || failure !== null) writer.write(batch);
      const goesOn = failure === null && queue.begun() < Math.min(queue.size(), COMMIT_ROWS);
      if (goesOn || (failure === null && queue.begun() > 0 && writer.settleSome())) return true;
      if (queue.begun() > 0 || failure !== null) writer.commit();
      queue.committed();
    } catch (error) {
      queue.rolledBack();
      failed(error);
      return false;
    }
    healed();
    return true;
  }

  function schedule(): void {
    if (timer !== null || closed) return;
    if (queue.size() === 0 && failure === null) return;
    const soonMs = queue.size() >= batchRows ? 0 : delayMs;
    timer = setTimeout(
      () => {
        timer = null;
        writeBatch();
        schedule();
      },
      failure === null ? soonMs : retryMs,
    );
    timer.unref();
  }

  function put(pending: Pending): void {
    if (closed) return;
    queue.push(pending);
    // The disk is slower than the agents: they wait for it.
    while (queue.isFull() && failure === null) writeBatch();
    if (queue.isFull()) {
      log.warn(`History: ${queue.size()} entries wait already; they are dropped, and read again later`);
      queue.dropEntries();
      replayNeeded = true;
    }
    schedule();
  }

  function flush(): boolean {
    while (queue.size() > 0) if (!writeBatch()) return false;
    return failure === null;
  }

  /** With all that is written so far. */
  function readable(): Open {
    const open = ensureOpen();
    try {
      open.writer.flush();
    } catch (error) {
      queue.rolledBack();
      throw error;
    }
    return open;
  }

  /** While nothing waits to be written. */
  function keepUp(): boolean {
    if (queue.size() > 0) return !closed && failure === null;
    return upkeepStep(({ upkeep }) => upkeep(now()));
  }

  /** @returns whether there is more */
  function upkeepStep(step: (open: Open) => boolean): boolean {
    if (closed || failure !== null || open === null) return false;
    try {
      return step(open);
    } catch (error) {
      lost(error);
      return false;
    }
  }

  /** Others have their turn in between: of a history without accounts, all of it is counted. */
  async function loadAccounts(): Promise<void> {
    while (flush() && upkeepStep((parts) => parts.loadAccounts())) await Bun.sleep(0);
  }

  if (!writeBatch() && failure !== null) writeBatch(); // a damaged file was set aside: begin the new one
  schedule();
  started = true;
  const stopUpkeep = inBackground(keepUp, UPKEEP_AFTER_MS);

  return {
    ...createStoreReads({ path, readable, loadAccounts, lost }),
    append(supervisor, epoch, entries) {
      for (const entry of entries) put({ kind: "entry", supervisor, epoch, entry });
    },
    recordCommand(command) {
      if (command.targets.length === 0) return () => {}; // the history tells of processes and supervisords
      const actionId = actionIds(now());
      const askedMs = performance.now();
      for (const { supervisor, atMs, processes } of command.targets) {
        const names = processes === null ? null : new Set(processes);
        sent.add(supervisor, { id: actionId, method: command.method, atMs, processes: names });
      }
      put({ kind: "command", command: { ...command, actionId } });
      return (outcomes) => {
        const tookMs = performance.now() - askedMs;
        for (const { supervisor, changes } of outcomes)
          if (changes !== undefined) sent.narrow(supervisor, actionId, changes, tookMs);
        put({ kind: "outcome", actionId, outcomes });
      };
    },
    recordLink: (supervisor, link) => put({ kind: "link", supervisor, ...link }),
    appendGap: (supervisor, gap) => put({ kind: "gap", supervisor, gap }),
    cursor(supervisor) {
      if (!replayNeeded) queue.takeAgain(supervisor);
      const latest = open?.writer.dictionary().supervisors.get(supervisor)?.latest ?? null;
      return queue.taken(supervisor) ?? (latest === null ? null : { epoch: latest.epoch, seq: latest.lastSeq });
    },
    lastKnownMs(supervisor) {
      return flush() ? (open?.writer.lastKnownMs(supervisor) ?? null) : null;
    },
    async warm() {
      while (keepUp()) await Bun.sleep(0);
    },
    putStats: (supervisor, slot) => put({ kind: "stats", supervisor, slot }),
    endedSessions,
    status,
    flush,
    close() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      stopUpkeep();
      if (!flush()) log.warn(`History: ${queue.size()} entries were not written; the agents still have them`);
      closed = true;
      upgrades?.end();
      close();
    },
  };
}
