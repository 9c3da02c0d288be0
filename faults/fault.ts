import type { GapReason } from "../src/domain/journal-entry.ts";
import type { Dice } from "./dice.ts";
import type { Stage } from "./stage/stage.ts";

/** What a fault lays hands on: two that share a part never happen at the same time. */
export type Part =
  | "hub"
  | "hub's disk"
  | "hub's clock"
  | "alpha's clock"
  | "alpha"
  | "alpha's agent"
  | "alpha's journal"
  /** what is lost in both history and journal is lost */
  | "what is known of alpha"
  | "alpha's link"
  | "alpha's rpc"
  | "beta"
  | "beta's agent"
  | "beta's link"
  | "gamma"
  | "gamma's rpc"
  | "crowd"
  | "log of alpha"
  | "browsers";

export type Log = "hub" | "alpha" | "beta";

/** One kind of harm, and what may come of it. */
export type Fault = {
  readonly name: string;
  readonly parts: readonly Part[];
  /** why transitions that were announced may be missing afterwards, as a gap that says so; absent: none may be missing */
  readonly mayLose?: readonly GapReason[];
  /** processes whose memory and files begin anew */
  readonly ends?: readonly Log[];
  /** what people read of it; null: nobody needs to know */
  readonly tells: { readonly log: Log; readonly line: RegExp } | null;
  /** how many lines of a log it may cost at most, all logs together; default 12 */
  readonly mostLines?: number;
  /** Does it and takes it away again. */
  readonly happen: (stage: Stage, dice: Dice) => Promise<void>;
};
