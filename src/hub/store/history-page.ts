import type { HistoryBucket } from "../../domain/figures.ts";
import type { HistoryPage } from "../../protocol/hub.ts";
import type { Dictionary } from "./dictionary.ts";
import { type HistogramSpan, histogramOf } from "./histogram.ts";
import { createItemReader } from "./history-item.ts";
import { formatHistoryCursor, type HistoryQuery } from "./history-query.ts";
import { type HistoryRows, historyRows } from "./history-rows.ts";
import { matchingNames, type Scope, scopeOf, supervisorsOf } from "./history-scope.ts";
import { CAUSE_CODE, codeOf, GAP_CODE, ownerOf, runOf, TROUBLE_CODES, unpackFacts } from "./item-codes.ts";
import { itemFor } from "./item-for.ts";
import { firstIdOf } from "./item-id.ts";
import { type FoundRow, type IdRange, mergedRuns, newestRows, type RowSource } from "./newest-rows.ts";
import type { HistoryDatabase } from "./open-database.ts";

export type HistoryReader = {
  /** Newest first, by (time, id). Pages neither repeat nor skip while rows are written. */
  readonly page: (query: HistoryQuery) => HistoryPage;
  /** Of what a query asks for, whatever page of it and whenever. */
  readonly histogram: (query: HistoryQuery, span: HistogramSpan) => HistoryBucket[];
};

/** So many runs are asked one by one; it takes a few µs each. More are found by looking through all rows. */
const FEW_RUNS = 600;

export function createHistoryReader(db: HistoryDatabase, dictionary: () => Dictionary): HistoryReader {
  const rows = historyRows(db);
  const readItem = createItemReader(db);
  function page(query: HistoryQuery): HistoryPage {
    const known = dictionary().supervisors;
    const scope = scopeOf(query, known);
    const overlapping = gapsAcross(query, scope, dictionary(), rows);
    const room = query.limit - overlapping.length;
    const early = overlapping.slice(0, query.limit);
    if (room <= 0)
      return pageOf(query, early, overlapping.length > query.limit || room === 0 ? (early.at(-1) ?? null) : null);
    const { ids, nextBefore } = newestRows(sourceOf(query, scope, rows), rangeOf(query), room, wanted(query, scope));
    return pageOf(query, [...early, ...ids], nextBefore);
  }

  return {
    page,
    histogram(query, span) {
      const scope = scopeOf(query, dictionary().supervisors);
      return histogramOf(sourceOf(query, scope, rows), span, wanted(query, scope));
    },
  };

  function pageOf(query: HistoryQuery, ids: readonly number[], nextBefore: number | null): HistoryPage {
    const items = ids.flatMap((id) => readItem(id) ?? []).flatMap((item) => itemFor(item, query) ?? []);
    return { items, next: nextBefore === null ? null : formatHistoryCursor(nextBefore) };
  }
}

function rangeOf({ fromMs, toMs, beforeId }: HistoryQuery): IdRange {
  const end = toMs === null ? Number.MAX_SAFE_INTEGER : firstIdOf(toMs + 1);
  return {
    after: fromMs === null ? Number.MIN_SAFE_INTEGER : firstIdOf(fromMs) - 1,
    before: Math.min(end, beforeId ?? end),
  };
}

/** Few enough to ask each; null: too many, or all. */
function fewRuns({ codes, owners }: Scope): number[] | null {
  if (owners === null || owners.length * codes.size > FEW_RUNS) return null;
  return owners.flatMap((owner) => [...codes].map((code) => runOf(owner, code)));
}

function sourceOf(query: HistoryQuery, scope: Scope, rows: HistoryRows): RowSource {
  const { text, causes } = query;
  if (text !== null) return (range, limit) => rows.withText(range, text, limit);
  const runs = fewRuns(scope);
  if (runs !== null) return mergedRuns(runs, rows.ofRun);
  const isOfUsers = causes?.every((cause) => cause === "user") ?? false;
  if (isOfUsers || query.kinds.every((kind) => kind === "command")) return rows.ofActions;
  return [...scope.codes].every((code) => TROUBLE_CODES.includes(code)) ? rows.trouble : rows.everything;
}

/** @returns null where the source has nothing else */
function wanted(query: HistoryQuery, scope: Scope): ((row: FoundRow) => boolean) | null {
  const { text, causes, expected } = query;
  const { codes } = scope;
  const isMerged = text === null && fewRuns(scope) !== null;
  if (isMerged && causes === null && expected === null) return null;
  const owners = scope.owners === null || isMerged ? null : new Set(scope.owners);
  const isInScope = ({ run }: FoundRow) => codes.has(codeOf(run)) && (owners?.has(ownerOf(run)) ?? true);
  const met = factsCondition(causes, expected);
  return (row) => isInScope(row) && met(row);
}

function factsCondition(causes: HistoryQuery["causes"], expected: boolean | null): (row: FoundRow) => boolean {
  const codes = causes === null ? null : new Set(causes.map((cause) => CAUSE_CODE[cause]));
  return ({ facts }) => {
    if (codes !== null && !codes.has((facts >> 7) & 15)) return false;
    return expected === null || unpackFacts(facts).expected === expected;
  };
}

/** Gaps that began in the time asked for and ended after it; newest first. */
function gapsAcross(query: HistoryQuery, { codes }: Scope, dictionary: Dictionary, rows: HistoryRows): number[] {
  const { toMs, beforeId, text } = query;
  if (toMs === null || text !== null || !codes.has(GAP_CODE)) return [];
  const end = firstIdOf(toMs + 1);
  if (beforeId !== null && beforeId <= end) return [];
  const { access = null } = query;
  const unknown = rows.unknownAt(toMs);
  return supervisorsOf(query, dictionary.supervisors)
    .filter((owner) => unknown.has(owner.id) && (access === null || matchingNames(query, owner).size > 0))
    .flatMap(({ id }) => rows.straddling(id, end - 1, toMs, end))
    .filter((id) => beforeId === null || id < beforeId)
    .sort((a, b) => b - a);
}
