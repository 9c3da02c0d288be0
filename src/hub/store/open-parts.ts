import type { SupervisorName } from "../../domain/names.ts";
import type { SentActions } from "../history/sent-actions.ts";
import { accountsLoader } from "./accounts-loader.ts";
import type { createEndedSessions } from "./ended-sessions.ts";
import { createEvidenceRows } from "./evidence-rows.ts";
import { createHistoryReader } from "./history-page.ts";
import { MIGRATIONS } from "./migrations.ts";
import { openDatabase } from "./open-database.ts";
import { recentStates } from "./recent-states.ts";
import type { Retention } from "./retention.ts";
import { createUpkeep } from "./upkeep.ts";
import { createUptimeReader } from "./uptime-reader.ts";
import { createBatchWriter } from "./write-batch.ts";

/** An open database, and those who read and write it. */
export type OpenParts = ReturnType<typeof openParts>;

/** @throws WrongDatabase, OlderDatabase, or whatever SQLite says */
export function openParts(
  path: string,
  deps: {
    readonly sent: SentActions;
    readonly endedSessions: ReturnType<typeof createEndedSessions>;
    readonly knownUntil: (supervisor: SupervisorName) => number;
    readonly few: number | undefined;
    readonly retention: () => Retention;
    readonly isOlderTaken: boolean;
  },
) {
  const db = openDatabase(path, MIGRATIONS, deps.isOlderTaken);
  try {
    const writer = createBatchWriter(db, deps.sent);
    deps.endedSessions.load(db);
    const { accounts, dictionary } = writer;
    const { knownUntil, few } = deps;
    const loadAccounts = accountsLoader(writer);
    return {
      db,
      writer,
      reader: createHistoryReader(db, dictionary),
      evidence: createEvidenceRows(db),
      states: recentStates(db, dictionary),
      uptime: createUptimeReader(db, { accounts, dictionary, knownUntil, few }),
      loadAccounts,
      upkeep: createUpkeep(db, writer, deps.retention, loadAccounts),
    };
  } catch (error) {
    db.close();
    throw error;
  }
}
