import type { Evidence } from "./evidence.ts";
import type { ProcessStateName } from "./states.ts";

/** Why a stretch of time is not known. */
export type GapReason =
  | "agent_not_running" // supervisord was up, its listener was not
  | "supervisord_not_running" // neither was there; processes that outlived it are orphans
  | "events_lost" // a hole in poolserial: supervisord's event buffer overflowed
  | "journal_expired" // the hub came back after the agent had to forget
  | "journal_replaced" // the agent's journal was lost or made anew
  | "not_watched"; // without an agent of ours beside it: the hub was not running, or could not reach it

/**
 * One thing that an agent wrote down before it told anybody; its address is (epoch of the journal, `seq`), `seq` counts
 * from 1 without holes. Times are epoch milliseconds of the agent's clock at the arrival of the event.
 */
export type JournalEntry =
  | {
      readonly kind: "transition";
      readonly seq: number;
      readonly atMs: number;
      readonly group: string;
      readonly name: string;
      /** null where the state before was never known */
      readonly fromState: ProcessStateName | null;
      readonly toState: ProcessStateName;
      readonly pid: number | null;
      /** of EXITED; else null */
      readonly expected: boolean | null;
      /** of STARTING and BACKOFF; else null */
      readonly tries: number | null;
      /** true: found by comparing states, at `atMs` at the latest; false: announced by an event */
      readonly sampled: boolean;
    }
  | {
      /** What became known of transition `ofSeq` only after it was written. */
      readonly kind: "detail";
      readonly seq: number;
      readonly atMs: number;
      readonly ofSeq: number;
      /** `atMs` of the transition meant, so that a reader need not keep addresses */
      readonly ofMs: number;
      readonly group: string;
      readonly name: string;
      /** empty: this detail does not tell of it */
      readonly spawnerr: string;
      /** absent or null: this detail does not tell of it */
      readonly evidence?: Evidence | null | undefined;
    }
  | {
      readonly kind: "gap";
      readonly seq: number;
      /** last moment that is known */
      readonly fromMs: number;
      /** first moment that is known again */
      readonly atMs: number;
      readonly reason: GapReason;
      /** events that supervisord numbered and nobody received; 0: all came, late; null: nobody can tell */
      readonly lost: number | null;
    }
  | {
      readonly kind: "supervisor";
      readonly seq: number;
      readonly atMs: number;
      readonly state: "RUNNING" | "STOPPING";
    }
  | {
      readonly kind: "group";
      readonly seq: number;
      readonly atMs: number;
      readonly group: string;
      readonly change: "ADDED" | "REMOVED";
    };

export type Transition = Extract<JournalEntry, { kind: "transition" }>;
export type Gap = Extract<JournalEntry, { kind: "gap" }>;
export type Detail = Extract<JournalEntry, { kind: "detail" }>;

/** A JournalEntry that has not been given its place yet. */
export type Unnumbered<E extends JournalEntry = JournalEntry> = E extends JournalEntry ? Omit<E, "seq"> : never;
