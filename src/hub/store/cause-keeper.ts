import type { JournalEntry, Transition } from "../../domain/journal-entry.ts";
import { nameOf, type SupervisorName } from "../../domain/names.ts";
import { type Before, type CauseOf, causeOf, causeOfGroup } from "../history/cause-of.ts";
import type { ActionStep, SentActions } from "../history/sent-actions.ts";
import { codeOf, stateOfItemCode, unpackFacts } from "./item-codes.ts";
import type { ItemRows } from "./item-rows.ts";

type Around = {
  runningSinceMs: number | null;
  isStopping: boolean;
  gapEndMs: number | null;
  /** groups that somebody added since it runs */
  readonly added: Set<string>;
};

/** Whatever is told of it first was there before. */
const UNHEARD_OF: Around = {
  runningSinceMs: null,
  isStopping: false,
  gapEndMs: Number.POSITIVE_INFINITY,
  added: new Set(),
};

/** Follows what goes on around each supervisord, to tell why its processes change. */
export function createCauseKeeper(items: ItemRows, sent: SentActions) {
  /** null: nothing happened to it before */
  const last = new Map<number, Before | null>();
  const around = new Map<SupervisorName, Around>();

  const aroundOf = (supervisor: SupervisorName): Around => {
    const known = around.get(supervisor);
    if (known !== undefined) return known;
    const made: Around = { runningSinceMs: null, isStopping: false, gapEndMs: null, added: new Set() };
    around.set(supervisor, made);
    return made;
  };

  /** Also of a run of the hub before this one. */
  function beforeOf(process: number): Before | null {
    const known = last.get(process);
    if (known !== undefined) return known;
    const newest = items.newestOf(process);
    if (newest === null) return null;
    const { cause } = unpackFacts(newest.facts);
    const state = stateOfItemCode(codeOf(newest.run)) ?? "UNKNOWN";
    return { state, atMs: newest.atMs, cause, actionId: newest.actionId };
  }

  return {
    /** A process of which the history has nothing. */
    isNew: (process: number): void => void last.set(process, null),
    cause(supervisor: SupervisorName, process: number, t: Transition): CauseOf {
      const take = (step: ActionStep) => sent.take(supervisor, nameOf(t), step, t.atMs);
      const { runningSinceMs, isStopping, gapEndMs, added } = aroundOf(supervisor);
      const isAdded = added.has(t.group);
      const found = causeOf(t, () => beforeOf(process), { runningSinceMs, isStopping, gapEndMs, isAdded, take });
      const { cause, actionId } = found;
      last.set(process, { state: t.toState, atMs: t.atMs, cause, actionId });
      return found;
    },
    /** Why a group was added or removed. */
    ofGroup(supervisor: SupervisorName, { group, change, atMs }: Extract<JournalEntry, { kind: "group" }>): CauseOf {
      const take = (step: ActionStep) => sent.take(supervisor, `${group}:`, step, atMs);
      const { added, ...known } = around.get(supervisor) ?? UNHEARD_OF;
      const found = causeOfGroup(change, atMs, { ...known, isAdded: false, take });
      if (change === "ADDED" && found.cause === "host") added.add(group);
      return found;
    },
    onSupervisor(supervisor: SupervisorName, state: "RUNNING" | "STOPPING", atMs: number): void {
      const now = aroundOf(supervisor);
      const isStopping = state === "STOPPING";
      // Links without an agent say again and again that it runs.
      if (isStopping || now.isStopping || now.runningSinceMs === null) now.runningSinceMs = isStopping ? null : atMs;
      if (isStopping) now.added.clear();
      now.isStopping = isStopping;
    },
    onGap(supervisor: SupervisorName, atMs: number): void {
      const now = aroundOf(supervisor);
      now.gapEndMs = atMs;
      now.added.clear();
      now.isStopping = false;
      now.runningSinceMs = null;
    },
    /** After a rollback. */
    forget: () => last.clear(),
  };
}

export type CauseKeeper = ReturnType<typeof createCauseKeeper>;
