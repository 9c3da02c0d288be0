import { dirname, join, parse } from "node:path";

/** The file of the audit stands beside that of the history. */
export const auditPathOf = (dbPath: string): string =>
  dbPath === ":memory:" ? dbPath : join(dirname(dbPath), `${parse(dbPath).name}.audit.sqlite`);
