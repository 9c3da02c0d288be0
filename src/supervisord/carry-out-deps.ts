import type { CallAll } from "./process-calls.ts";
import type { Rpc } from "./rpc-client.ts";
import type { Followed } from "./watch-ends.ts";

/** What it takes to do something with one supervisord. */
export type CarryOutDeps = {
  readonly rpc: Rpc;
  readonly callAll: CallAll;
  readonly followed: Followed;
  /** the process that does this, where supervisord runs it: it cannot be stopped and then started by itself */
  readonly self: { readonly group: string; readonly name: string; readonly restart: () => void } | null;
  readonly signal: AbortSignal;
};

/** Something which had been accepted went wrong later. */
export type ReportFailure = (namespec: string, error: unknown) => void;
