/** As they stand in the address; the names are those of /api/history, and `range` stands for a `from` that moves along. */
export const HISTORY_FIELDS = [
  "uid",
  "supervisor",
  "group",
  "process",
  "state",
  "kind",
  "cause",
  "expected",
  "text",
  "range",
  "from",
  "to",
] as const;
export type HistoryFields = Readonly<Record<(typeof HISTORY_FIELDS)[number], string>>;

/** How far back `range` goes, ms; what is not here goes back without end, or is custom. */
export const RANGES_MS: Readonly<Record<string, number>> = {
  "1h": 3_600_000,
  "24h": 86_400_000,
  "7d": 7 * 86_400_000,
  "30d": 30 * 86_400_000,
};
