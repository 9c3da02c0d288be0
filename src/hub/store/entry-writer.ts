import type { Detail, Gap, JournalEntry, Transition, Unnumbered } from "../../domain/journal-entry.ts";
import type { Accounts } from "./accounts.ts";
import type { CauseKeeper } from "./cause-keeper.ts";
import type { Dictionary, KnownSupervisor } from "./dictionary.ts";
import type { EvidenceRows } from "./evidence-rows.ts";
import { GAP_CODE, GROUP_CODE, LINK_CODE, packFacts, runOf, STATE_CODE, SUPERVISOR_CODE } from "./item-codes.ts";
import { timeOf } from "./item-id.ts";
import type { ItemRows } from "./item-rows.ts";
import type { HistoryDatabase } from "./open-database.ts";
import { gaps } from "./schema.ts";

export type EntryWriterDeps = {
  readonly items: ItemRows;
  readonly accounts: Accounts;
  readonly causes: CauseKeeper;
  readonly evidence: EvidenceRows;
  readonly dictionary: () => Dictionary;
  readonly writeText: (itemId: number, text: string) => void;
};

/** Makes rows of journal entries; and accounts and causes with them. */
export function createEntryWriter(db: HistoryDatabase, deps: EntryWriterDeps) {
  const { items, accounts, causes, evidence, dictionary, writeText } = deps;

  const isNew = (process: number): void => {
    accounts.isNew(process);
    causes.isNew(process);
  };

  function insertTransition(owner: KnownSupervisor, entry: Transition): void {
    const process = dictionary().process(owner, entry.group, entry.name, isNew);
    const { cause, actionId } = causes.cause(owner.name, process, entry);
    const { sampled, expected, tries, pid, seq } = entry;
    const from = entry.fromState === null ? null : STATE_CODE[entry.fromState];
    const code = STATE_CODE[entry.toState];
    const facts = packFacts({ from, sampled, expected, cause, tries });
    const id = items.place(entry.atMs);
    accounts.onItem(process, timeOf(id), code, facts);
    items.write(id, { run: runOf(process, code), facts, pid, seq, actionId });
  }

  function insertGap(owner: KnownSupervisor, gap: Unnumbered<Gap>, seq: number | null): void {
    const [fromMs, toMs] = [Math.floor(gap.fromMs), Math.floor(gap.atMs)];
    accounts.onGap(owner.id, owner.processes.values(), fromMs, toMs);
    const itemId = items.add(gap.atMs, { run: runOf(-owner.id, GAP_CODE), seq });
    db.insert(gaps).values({ itemId, fromMs, reason: gap.reason, lost: gap.lost }).run();
    causes.onGap(owner.name, gap);
  }

  function insertGroup(owner: KnownSupervisor, entry: Extract<JournalEntry, { kind: "group" }>): void {
    const { group, seq } = entry;
    const run = runOf(dictionary().process(owner, group, ""), GROUP_CODE[entry.change]);
    const id = items.place(entry.atMs);
    const members = [...owner.processes].filter(([name]) => name.startsWith(`${group}:`) && name !== `${group}:`);
    const ids = members.map(([, process]) => process);
    accounts.onGroupItem(ids, timeOf(id), GROUP_CODE[entry.change]);
    const { cause, actionId } = causes.ofGroup(owner.name, entry);
    const facts = packFacts({ from: null, sampled: false, expected: null, cause, tries: null });
    items.write(id, { run, facts, seq, actionId });
  }

  function insertDetail(owner: KnownSupervisor, detail: Detail): void {
    const process = dictionary().process(owner, detail.group, detail.name);
    const itemId = items.transitionOf(runOf(process, 0), detail.ofMs, detail.ofSeq);
    if (itemId === null) return; // from before this history
    if (detail.spawnerr !== "") writeText(itemId, detail.spawnerr);
    if (detail.evidence != null) evidence.put(itemId, process, detail.evidence);
  }

  return {
    gap: insertGap,
    entry(owner: KnownSupervisor, entry: JournalEntry): void {
      switch (entry.kind) {
        case "transition":
          insertTransition(owner, entry);
          return;
        case "detail":
          insertDetail(owner, entry);
          return;
        case "gap":
          insertGap(owner, entry, entry.seq);
          return;
        case "supervisor":
          causes.onSupervisor(owner.name, entry.state, entry.atMs);
          items.add(entry.atMs, { run: runOf(-owner.id, SUPERVISOR_CODE[entry.state]), seq: entry.seq });
          return;
        case "group":
          insertGroup(owner, entry);
      }
    },
    link(owner: KnownSupervisor, atMs: number, status: keyof typeof LINK_CODE, reason: string | null): void {
      const id = items.add(atMs, { run: runOf(-owner.id, LINK_CODE[status]) });
      if (reason !== null) writeText(id, reason);
    },
  };
}
