/** One of our files. */
export type DatabaseKind = {
  readonly what: "history" | "audit";
  /** of SQLite's header: tells our file from another program's */
  readonly applicationId: number;
  /** in order, append only: the n-th makes version n (PRAGMA user_version) of version n - 1 */
  readonly migrations: readonly string[];
};
