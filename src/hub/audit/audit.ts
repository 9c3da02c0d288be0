/** One thing that somebody did, or was kept from. */
export type AuditEntry = {
  /** null: nobody was logged in, or nobody has to be */
  readonly user: string | null;
  /** of the client's end of the connection */
  readonly address: string;
  readonly what: "login" | "login_failed" | "logout" | "action" | "outcome" | "reload" | "refused";
  /** what it was about: patterns, a path */
  readonly target: string;
  readonly outcome: "ok" | "failed" | "asked" | "refused";
  /** for people */
  readonly detail: string;
};

/** @param at epoch ms, hub's clock */
export type AuditItem = AuditEntry & { readonly id: number; readonly at: number };

export type AuditQuery = {
  readonly limit: number;
  /** only what was written before this id; null: from the newest */
  readonly before: number | null;
  readonly user: string | null;
  readonly what: string | null;
};

export type Audit = {
  /** Never throws: what cannot be written is in the log. */
  readonly add: (entry: AuditEntry) => void;
  /** Newest first. @throws MultivisorError STORE_UNAVAILABLE */
  readonly read: (query: AuditQuery) => AuditItem[];
  /** For what is read in several pages: all of them are of one file, or it throws as well. */
  readonly pages: () => (query: AuditQuery) => AuditItem[];
  readonly close: () => void;
};
