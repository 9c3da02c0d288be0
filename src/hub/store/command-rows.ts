import type { CommandOutcome, CommandRecord } from "../history/command-record.ts";
import { ACTION_METHODS } from "../history/sent-actions.ts";
import type { Dictionary, KnownSupervisor } from "./dictionary.ts";
import { COMMAND_CODE, packFacts, runOf } from "./item-codes.ts";
import type { ItemRows } from "./item-rows.ts";
import type { HistoryDatabase } from "./open-database.ts";
import { actions } from "./schema.ts";
import type { Undo } from "./undo.ts";

/** Actions whose outcome is not known yet, at most. */
const MAX_OPEN = 10_000;

type Opened = { readonly method: number; readonly items: Map<string, number> };

/** Writes what was asked for: one row for each process, or for the supervisord where it concerns that. */
export function createCommandRows(
  db: HistoryDatabase,
  deps: {
    readonly items: ItemRows;
    readonly dictionary: () => Dictionary;
    readonly writeText: (itemId: number, text: string) => void;
    readonly undo: Undo;
  },
) {
  const { items, dictionary, writeText, undo } = deps;
  const open = new Map<number, Opened>();
  const key = (supervisor: string, process: string | null) => `${supervisor} ${process ?? ""}`;
  const facts = (method: number, ok: boolean | null) =>
    packFacts({ from: method, sampled: false, expected: ok, cause: null, tries: null });

  const ownerOf = (supervisor: KnownSupervisor, process: string | null): number => {
    if (process === null) return -supervisor.id;
    const colon = process.indexOf(":");
    return dictionary().process(supervisor, process.slice(0, colon), process.slice(colon + 1));
  };

  return {
    begin({ actionId, actor, method, detail, patterns, targets }: CommandRecord): void {
      const { user, address } = actor;
      const row = { id: actionId, user, address, method, detail, targets: patterns.join(",") };
      db.insert(actions).values(row).onConflictDoNothing().run();
      const opened: Opened = { method: ACTION_METHODS.indexOf(method), items: new Map() };
      for (const { supervisor, atMs, processes } of targets)
        for (const process of processes ?? [null]) {
          const run = runOf(ownerOf(dictionary().supervisor(supervisor), process), COMMAND_CODE);
          const id = items.add(atMs, { run, facts: facts(opened.method, null), actionId });
          opened.items.set(key(supervisor, process), id);
        }
      open.set(actionId, opened);
      if (open.size > MAX_OPEN) open.delete(open.keys().next().value ?? 0);
    },
    end(actionId: number, outcomes: readonly CommandOutcome[]): void {
      const opened = open.get(actionId);
      if (opened === undefined) return;
      open.delete(actionId);
      undo.onRollback(() => open.set(actionId, opened));
      for (const { supervisor, process, ok, text } of outcomes) {
        const id = opened.items.get(key(supervisor, process));
        if (id === undefined) continue;
        items.setFacts(id, facts(opened.method, ok));
        if (text !== null) writeText(id, text);
      }
    },
  };
}
