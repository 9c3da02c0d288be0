/** Names of groups. */
export type Changes = {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
};

/** What the hub says of one target. */
export type ActionResult = {
  /** of a process */
  readonly uid?: string;
  /** of a supervisord as a whole */
  readonly supervisor?: string;
  readonly ok: boolean;
  readonly code?: string;
  readonly message?: string;
  /** accepted, and not ended yet */
  readonly pending?: boolean;
  /** of reread and update */
  readonly reread?: Changes;
};
