import type { Gap, JournalEntry, Unnumbered } from "../../domain/journal-entry.ts";
import type { SupervisorName } from "../../domain/names.ts";
import type { CommandOutcome, CommandRecord } from "../history/command-record.ts";
import type { Slot } from "../stats/five-minutes.ts";

/** One thing that waits to be written. */
export type Pending =
  | {
      readonly kind: "entry";
      readonly supervisor: SupervisorName;
      readonly epoch: string;
      readonly entry: JournalEntry;
    }
  | { readonly kind: "gap"; readonly supervisor: SupervisorName; readonly gap: Unnumbered<Gap> }
  | {
      readonly kind: "link";
      readonly supervisor: SupervisorName;
      /** the host's clock */
      readonly atMs: number;
      readonly status: "live" | "down";
      /** of down */
      readonly reason: string | null;
    }
  | { readonly kind: "stats"; readonly supervisor: SupervisorName; readonly slot: Slot }
  | { readonly kind: "command"; readonly command: CommandRecord }
  | { readonly kind: "outcome"; readonly actionId: number; readonly outcomes: readonly CommandOutcome[] }
  | { readonly kind: "session"; readonly id: string; readonly expiresMs: number };
