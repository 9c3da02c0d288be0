import type { Gap, JournalEntry, Transition } from "../../domain/journal-entry.ts";
import { type Namespec, nameOf, type SupervisorName } from "../../domain/names.ts";
import { type Before, type CauseOf, causeOf, causeOfGroup, type Surroundings } from "../history/cause-of.ts";
import type { ActionStep, SentAction, SentActions } from "../history/sent-actions.ts";
import { codeOf, stateOfItemCode, unpackFacts } from "./item-codes.ts";
import type { ItemRows } from "./item-rows.ts";
import type { Undo } from "./undo.ts";

type Around = Omit<Surroundings, "isAdded" | "take"> & {
  /** groups that somebody added since it runs */
  readonly added: ReadonlySet<string>;
};

const HEARD_OF: Around = {
  runningSinceMs: null,
  isStopping: false,
  isStarting: false,
  gapEndMs: null,
  added: new Set(),
};
/** Whatever is told of it first was there before. */
const UNHEARD_OF: Around = { ...HEARD_OF, gapEndMs: Number.POSITIVE_INFINITY };

/** Follows what goes on around each supervisord, to tell why its processes change. */
export function createCauseKeeper(items: ItemRows, sent: SentActions, undo: Undo) {
  /** null: nothing happened to it before */
  const last = new Map<number, Before | null>();
  const around = new Map<SupervisorName, Around>();

  function set(supervisor: SupervisorName, now: Around): Around {
    const before = around.get(supervisor);
    undo.onRollback(() => (before === undefined ? around.delete(supervisor) : around.set(supervisor, before)));
    around.set(supervisor, now);
    return now;
  }

  const aroundOf = (supervisor: SupervisorName): Around => around.get(supervisor) ?? set(supervisor, HEARD_OF);

  const takeFor =
    (supervisor: SupervisorName, name: Namespec, atMs: number) =>
    (step: ActionStep): SentAction | null => {
      const action = sent.take(supervisor, name, step, atMs);
      if (action !== null) undo.onRollback(() => sent.giveBack(action, supervisor, name, step));
      return action;
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
      const take = takeFor(supervisor, nameOf(t), t.atMs);
      // Each by its name: for every row of a storm, a copy of the rest would be felt.
      const { runningSinceMs, isStopping, isStarting, gapEndMs, added } = aroundOf(supervisor);
      const surroundings = { runningSinceMs, isStopping, isStarting, gapEndMs, isAdded: added.has(t.group), take };
      const found = causeOf(t, () => beforeOf(process), surroundings);
      const { cause, actionId } = found;
      last.set(process, { state: t.toState, atMs: t.atMs, cause, actionId });
      return found;
    },
    /** Why a group was added or removed. */
    ofGroup(supervisor: SupervisorName, { group, change, atMs }: Extract<JournalEntry, { kind: "group" }>): CauseOf {
      const take = takeFor(supervisor, `${group}:`, atMs);
      const now = around.get(supervisor) ?? UNHEARD_OF;
      const found = causeOfGroup(change, atMs, { ...now, isAdded: false, take });
      if (change === "ADDED" && found.cause === "host")
        set(supervisor, { ...now, added: new Set([...now.added, group]) });
      return found;
    },
    onSupervisor(supervisor: SupervisorName, state: "RUNNING" | "STOPPING", atMs: number): void {
      const now = aroundOf(supervisor);
      const isStopping = state === "STOPPING";
      // Links without an agent say again and again that it runs.
      const isOtherRun = isStopping || now.isStopping || now.runningSinceMs === null;
      set(supervisor, {
        ...now,
        ...(isOtherRun && { runningSinceMs: isStopping ? null : atMs }),
        ...(isStopping && { added: new Set<string>() }),
        isStopping,
        isStarting: isStopping,
      });
    },
    onGap(supervisor: SupervisorName, { atMs, reason }: Pick<Gap, "atMs" | "reason">): void {
      set(supervisor, { ...HEARD_OF, gapEndMs: atMs, isStarting: reason === "supervisord_not_running" });
    },
    /** After a rollback. */
    forget: () => last.clear(),
  };
}

export type CauseKeeper = ReturnType<typeof createCauseKeeper>;
