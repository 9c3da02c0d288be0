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
  /** what supervisord has read of its configuration */
  | { readonly method: "avail" }
  | { readonly method: "reread" }
  /** of what was read: a group that is not active becomes so, with what it starts by itself */
  | { readonly method: "addGroup"; readonly group: string }
  /** a group of which nothing runs is no longer active */
  | { readonly method: "removeGroup"; readonly group: string }
  /** [] means all groups */
  | { readonly method: "update"; readonly groups: string[] }
  | { readonly method: "restart" | "shutdown" };

/** Names of groups: what reloadConfig found. */
export type RereadResult = { added: string[]; changed: string[]; removed: string[] };

/**
 * One program as supervisord has read it, which is not always what runs: `reread` alone changes this. As getAllConfigInfo of
 * supervisor 4.2.5 tells it; an older one tells less, and null is what it did not tell. Environment is never told.
 */
export type ProgramConfiguration = {
  group: string;
  name: string;
  /** its group is active */
  inuse: boolean;
  autostart: boolean | null;
  groupPriority: number | null;
  priority: number | null;
  command: string | null;
  directory: string | null;
  uid: number | null;
  /** seconds */
  startsecs: number | null;
  startretries: number | null;
  /** by number */
  stopsignal: number | null;
  /** seconds */
  stopwaitsecs: number | null;
  exitcodes: number[] | null;
  redirectStderr: boolean | null;
};

/** Of one process out of a call for `group:*`. */
type ProcessCallResult = { namespec: string; ok: boolean; code?: string; message?: string };

export type CallFailure = { ok: false; code: string; message: string };

/** What supervisord said to one call. */
export type CallResult =
  | { ok: true; reread?: RereadResult; processes?: ProcessCallResult[]; programs?: ProgramConfiguration[] }
  | CallFailure;
