/**
 * One thing to have supervisord do. `namespec` is `group:name`, or `group:*` for a whole group. Nothing waits for the
 * outcome. The contract between agent and hub carries these types.
 */
export type Call =
  | {
      readonly method: "startProcess" | "stopProcess" | "restartProcess" | "clearProcessLogs";
      readonly namespec: string;
    }
  | { readonly method: "signalProcess"; readonly namespec: string; readonly signal: string }
  /** the bytes of `chars` in UTF-8 go to its stdin */
  | { readonly method: "sendProcessStdin"; readonly namespec: string; readonly chars: string }
  | { readonly method: "reread" }
  /** [] means all groups */
  | { readonly method: "update"; readonly groups: string[] }
  | { readonly method: "restart" | "shutdown" };

/** Names of groups: what reloadConfig found. */
export type RereadResult = { added: string[]; changed: string[]; removed: string[] };

/** Of one process out of a call for `group:*`. */
type ProcessCallResult = { namespec: string; ok: boolean; code?: string; message?: string };

export type CallFailure = { ok: false; code: string; message: string };

/** What supervisord said to one call. */
export type CallResult = { ok: true; reread?: RereadResult; processes?: ProcessCallResult[] } | CallFailure;
