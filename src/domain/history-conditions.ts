/** By what a part of the history is asked for, as it stands in addresses: of the API and of the page. */
export const HISTORY_CONDITIONS = [
  "uid",
  "supervisor",
  "group",
  "process",
  "state",
  "kind",
  "cause",
  "expected",
  "text",
  "from",
  "to",
] as const;
export type HistoryCondition = (typeof HISTORY_CONDITIONS)[number];

export const HISTORY_KINDS = ["transition", "gap", "supervisor", "link", "group", "command"] as const;
export type HistoryKind = (typeof HISTORY_KINDS)[number];
