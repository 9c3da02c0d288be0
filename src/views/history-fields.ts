import { HISTORY_CONDITIONS } from "../domain/history-conditions.ts";

/** As they stand in the address; `range` stands for a `from` that moves along. */
export const HISTORY_FIELDS = [...HISTORY_CONDITIONS, "range"] as const;
export type HistoryFields = Readonly<Record<(typeof HISTORY_FIELDS)[number], string>>;

/** How far back `range` goes, ms; what is not here goes back without end, or is custom. */
export const RANGES_MS: Readonly<Record<string, number>> = {
  "1h": 3_600_000,
  "24h": 86_400_000,
  "7d": 7 * 86_400_000,
  "30d": 30 * 86_400_000,
};
