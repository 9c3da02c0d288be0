import type { RereadResult } from "../../domain/call.ts";
import type { Namespec, SupervisorName } from "../../domain/names.ts";
import type { ActionMethod } from "./sent-actions.ts";

/** Who asks for something. */
export type Actor = {
  /** null: no login is required */
  readonly user: string | null;
  /** of the client's end of the connection */
  readonly address: string;
};

/** The program itself, or a test. */
export const NOBODY: Actor = { user: null, address: "" };

export type CommandTarget = {
  readonly supervisor: SupervisorName;
  /** the host's clock, as well as the hub knows it */
  readonly atMs: number;
  /** null: the supervisord itself */
  readonly processes: readonly Namespec[] | null;
};

/** What somebody asked for, just before it is sent. */
export type CommandRecord = {
  readonly actionId: number;
  readonly actor: Actor;
  readonly method: ActionMethod;
  /** the signal; "" where there is none */
  readonly detail: string;
  /** patterns as given */
  readonly patterns: readonly string[];
  readonly targets: readonly CommandTarget[];
};

/** What became of it. */
export type CommandOutcome = {
  readonly supervisor: SupervisorName;
  /** null: of the supervisord itself */
  readonly process: Namespec | null;
  readonly ok: boolean;
  /** for people: what went wrong, or which groups an update changed; null: nothing to say */
  readonly text: string | null;
  /** groups that it was about, where it was about groups */
  readonly changes?: RereadResult | undefined;
};

/** Where commands are written down: at the beginning, and when it is known what became of them. */
export type RecordCommand = (command: Omit<CommandRecord, "actionId">) => (outcomes: readonly CommandOutcome[]) => void;

export const recordNothing: RecordCommand = () => () => {};
