import first from "../../../migrations/0001_history.sql" with { type: "text" };
import second from "../../../migrations/0002_ended_sessions.sql" with { type: "text" };
import evidence from "../../../migrations/0003_evidence.sql" with { type: "text" };
import stats from "../../../migrations/0004_stats.sql" with { type: "text" };
import accounts from "../../../migrations/0010_accounts.sql" with { type: "text" };
import byTime from "../../../migrations/0030_items_by_time.sql" with { type: "text" };
import accountsByTime from "../../../migrations/0040_checkpoints_by_time.sql" with { type: "text" };

/** In order, append only: the n-th makes version n (PRAGMA user_version) of version n - 1. */
export const MIGRATIONS: readonly string[] = [first, second, evidence, stats, accounts, byTime, accountsByTime];
