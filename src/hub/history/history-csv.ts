import { csvLine } from "../../lib/csv.ts";
import type { HistoryItem } from "../../protocol/hub.ts";
import type { CsvForm } from "../export/export-format.ts";

type Cell = string | number | boolean | null | undefined;

const time = (ms: number | undefined): string => (ms === undefined ? "" : new Date(ms).toISOString());

const COLUMNS: Readonly<Record<string, (item: HistoryItem) => Cell>> = {
  at: ({ at }) => time(at),
  kind: ({ kind }) => kind,
  supervisor: ({ supervisor }) => supervisor,
  group: ({ group }) => group,
  name: ({ name }) => name,
  from_state: (item) => item.from_state,
  to_state: (item) => item.to_state,
  cause: ({ cause }) => cause,
  user: ({ by }) => by?.user,
  address: ({ by }) => by?.address,
  action: ({ by }) => by?.action,
  detail: ({ detail }) => detail,
  ok: ({ ok }) => ok,
  expected: ({ expected }) => expected,
  pid: ({ pid }) => pid,
  tries: ({ tries }) => tries,
  sampled: ({ sampled }) => sampled,
  spawnerr: ({ spawnerr }) => spawnerr,
  state: ({ state }) => state,
  message: ({ message }) => message,
  from: ({ from }) => time(from),
  reason: ({ reason }) => reason,
  lost: ({ lost }) => lost,
  exit_code: ({ evidence }) => evidence?.exit_code,
  signal: ({ evidence }) => evidence?.signal,
};

export const HISTORY_CSV: CsvForm<HistoryItem> = {
  head: csvLine(Object.keys(COLUMNS)),
  row: (item) => csvLine(Object.values(COLUMNS).map((cell) => cell(item))),
};
