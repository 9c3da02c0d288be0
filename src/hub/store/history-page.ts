import type { HistoryBucket } from "../../domain/figures.ts";
import type { HistoryPage } from "../../protocol/hub.ts";
import type { Dictionary } from "./dictionary.ts";
import { type HistogramSpan, histogramOf } from "./histogram.ts";
import { createItemReader } from "./history-item.ts";
import { formatHistoryCursor, type HistoryQuery } from "./history-query.ts";
import { type HistoryRows, historyRows } from "./history-rows.ts";
import { type Scope, scopeOf } from "./history-scope.ts";
import { CAUSE_CODE, codeOf, GAP_CODE, LAST_STATE_CODE, ownerOf, TROUBLE_CODES, unpackFacts } from "./item-codes.ts";
import { itemFor } from "./item-for.ts";
import { firstIdOf } from "./item-id.ts";
import { mergedRuns, newestRows } from "./newest-rows.ts";
import type { HistoryDatabase } from "./open-database.ts";
import type { FoundRow, IdRange, RowSource } from "./row-source.ts";
import { textRows } from "./text-rows.ts";

export type HistoryReader = {
  /** Newest first, by (time, id). Pages neither repeat nor skip while rows are written. */
  readonly page: (query: HistoryQuery) => HistoryPage;
  /** Of what a query asks for, whatever page of it and whenever. */
  readonly histogram: (query: HistoryQuery, span: HistogramSpan) => HistoryBucket[];
};

export function createHistoryReader(db: HistoryDatabase, dictionary: () => Dictionary): HistoryReader {
  const rows = historyRows(db);
  const withText = textRows(db);
  const readItem = createItemReader(db);

  function sourceOf({ text, causes, kinds }: HistoryQuery, { codes, runs }: Scope): RowSource {
    if (text !== null) return withText(text, runs?.map(ownerOf).filter((owner) => owner > 0) ?? null);
    if (runs !== null) return mergedRuns(runs, rows.runs);
    const isOfUsers = causes?.every((cause) => cause === "user") ?? false;
    if (isOfUsers || kinds.every((kind) => kind === "command")) return rows.ofActions;
    if ([...codes].every((code) => code > LAST_STATE_CODE)) return rows.beside;
    return [...codes].every((code) => TROUBLE_CODES.includes(code)) ? rows.trouble : rows.everything;
  }

  function page(query: HistoryQuery): HistoryPage {
    const scope = scopeOf(query, dictionary());
    const overlapping = gapsAcross(query, scope, rows);
    const room = query.limit - overlapping.length;
    const early = overlapping.slice(0, query.limit);
    if (room <= 0)
      return pageOf(query, early, overlapping.length > query.limit || room === 0 ? (early.at(-1) ?? null) : null);
    const { ids, nextBefore } = newestRows(sourceOf(query, scope), rangeOf(query), room, wanted(query, scope));
    return pageOf(query, [...early, ...ids], nextBefore);
  }

  return {
    page,
    histogram(query, span) {
      const scope = scopeOf(query, dictionary());
      return histogramOf(sourceOf(query, scope), span, wanted(query, scope));
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

/** @returns null where the source has nothing else */
function wanted(query: HistoryQuery, scope: Scope): ((row: FoundRow) => boolean) | null {
  const { text, causes, expected } = query;
  const { codes } = scope;
  const isMerged = text === null && scope.runs !== null;
  if (isMerged && causes === null && expected === null) return null;
  const isMeant = isMerged ? null : scope.isMeant;
  const isInScope = ({ run }: FoundRow) => codes.has(codeOf(run)) && (isMeant === null || isMeant(ownerOf(run)));
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
function gapsAcross({ toMs, beforeId, text }: HistoryQuery, { codes, isMeant }: Scope, rows: HistoryRows): number[] {
  if (toMs === null || text !== null || !codes.has(GAP_CODE)) return [];
  const end = firstIdOf(toMs + 1);
  if (beforeId !== null && beforeId <= end) return [];
  return [...rows.unknownAt(toMs)]
    .filter(([supervisorId]) => isMeant === null || isMeant(-supervisorId))
    .flatMap(([supervisorId, untilMs]) => rows.straddling(supervisorId, toMs, untilMs))
    .filter((id) => beforeId === null || id < beforeId)
    .sort((a, b) => b - a);
}
