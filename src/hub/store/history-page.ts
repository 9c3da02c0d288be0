import { and, desc, eq, gt, lt, lte, type SQL, sql } from "drizzle-orm";
import { processUid } from "../../domain/names.ts";
import type { HistoryItem, HistoryPage } from "../../protocol/hub.ts";
import type { Dictionary } from "./dictionary.ts";
import { formatHistoryCursor, type HistoryQuery } from "./history-query.ts";
import { type Run, scopeOf } from "./history-scope.ts";
import { GAP_CODE, readFlags, stateOfItemCode } from "./item-codes.ts";
import { firstIdOf, timeOf } from "./item-id.ts";
import { type IdRange, type IdSources, newestIds } from "./newest-ids.ts";
import type { HistoryDatabase } from "./open-database.ts";
import { gaps, itemSpawnerrs, items, processes, spawnerrs, supervisors } from "./schema.ts";

export type HistoryReader = (query: HistoryQuery) => HistoryPage;

/** Newest first, by (time, id). Pages neither repeat nor skip while rows are written. */
export function createHistoryReader(db: HistoryDatabase, dictionary: () => Dictionary): HistoryReader {
  const queries = prepareHistoryQueries(db);
  const sources: IdSources = {
    scan: (range, limit) => queries.scan.all({ ...range, limit }),
    run: ({ of, owner, code }, range, limit) =>
      (of === "process" ? queries.processRun : queries.supervisorRun)
        .values({ ...range, owner, code, limit })
        .map(([id]) => id as number),
    freshest: (runs, range, limit) => freshestRuns(queries, runs, range, limit),
  };
  return (query) => {
    const runs = scopeOf(query, dictionary().supervisors);
    const range = rangeOf(query);
    const more = query.limit + 1;
    const ids =
      runs === null
        ? queries.everything.all({ ...range, limit: more }).map(({ id }) => id)
        : newestIds(runs, range, more, sources);
    const page = ids.slice(0, query.limit);
    const last = ids.length > page.length ? page.at(-1) : undefined;
    return { items: readItems(queries, page), next: last === undefined ? null : formatHistoryCursor(last) };
  };
}

function freshestRuns(queries: Queries, runs: readonly Run[], range: IdRange, limit: number): Run[] {
  const freshest = (["process", "supervisor"] as const).flatMap((of) => {
    const pairs = runs.filter((run) => run.of === of).map(({ owner, code }) => [owner, code]);
    const query = of === "process" ? queries.freshestOfProcesses : queries.freshestOfSupervisors;
    return pairs.length === 0
      ? []
      : query.all({ ...range, limit, pairs: JSON.stringify(pairs) }).map((row) => ({ of, ...row }));
  });
  return freshest.sort((a, b) => b.newest - a.newest).slice(0, limit);
}

function rangeOf({ fromMs, toMs, beforeId }: HistoryQuery): { after: number; before: number } {
  const end = toMs === null ? Number.MAX_SAFE_INTEGER : firstIdOf(toMs + 1);
  return {
    after: fromMs === null ? Number.MIN_SAFE_INTEGER : firstIdOf(fromMs) - 1,
    before: Math.min(end, beforeId ?? end),
  };
}

export function prepareHistoryQueries(db: HistoryDatabase) {
  const p = sql.placeholder;
  const inRange = and(gt(items.id, p("after")), lt(items.id, p("before")));
  const runs = (owner: typeof items.processId | typeof items.supervisorId) =>
    db
      .select({ id: items.id })
      .from(items)
      .where(and(eq(owner, p("owner")), eq(items.code, p("code")), inRange))
      .orderBy(desc(items.id))
      .limit(p("limit"))
      .prepare();
  /** The newest row of each of `pairs`, [[owner, code], …], by one search in the index each. */
  const freshest = (column: SQL) => {
    const newest = sql`SELECT id FROM items WHERE ${column} = pair.value ->> 0 AND code = pair.value ->> 1
      AND id > ${p("after")} AND id < ${p("before")} ORDER BY id DESC LIMIT 1`;
    const found = sql`SELECT pair.value ->> 0 AS owner, pair.value ->> 1 AS code, (${newest}) AS newest
      FROM json_each(${p("pairs")}) AS pair`;
    return db
      .select({ owner: sql<number>`owner`, code: sql<number>`code`, newest: sql<number>`newest` })
      .from(sql`(${found})`)
      .where(sql`newest IS NOT NULL`)
      .orderBy(sql`newest DESC`)
      .limit(p("limit"))
      .prepare();
  };
  return {
    freshestOfProcesses: freshest(sql`process_id`),
    freshestOfSupervisors: freshest(sql`supervisor_id`),
    /** transitions and gaps */
    everything: db
      .select({ id: items.id })
      .from(items)
      .where(and(inRange, lte(items.code, GAP_CODE)))
      .orderBy(desc(items.id))
      .limit(p("limit"))
      .prepare(),
    scan: db
      .select({ id: items.id, supervisorId: items.supervisorId, processId: items.processId, code: items.code })
      .from(items)
      .where(inRange)
      .orderBy(desc(items.id))
      .limit(p("limit"))
      .prepare(),
    processRun: runs(items.processId),
    supervisorRun: runs(items.supervisorId),
    item: db
      .select({
        id: items.id,
        supervisor: supervisors.name,
        group: processes.group,
        name: processes.name,
        code: items.code,
        fromCode: items.fromCode,
        flags: items.flags,
        pid: items.pid,
        tries: items.tries,
        spawnerr: spawnerrs.text,
        fromMs: gaps.fromMs,
        reason: gaps.reason,
        lost: gaps.lost,
      })
      .from(items)
      .innerJoin(supervisors, eq(supervisors.id, items.supervisorId))
      .leftJoin(processes, eq(processes.id, items.processId))
      .leftJoin(gaps, eq(gaps.itemId, items.id))
      .leftJoin(itemSpawnerrs, eq(itemSpawnerrs.itemId, items.id))
      .leftJoin(spawnerrs, eq(spawnerrs.id, itemSpawnerrs.spawnerrId))
      .where(eq(items.id, p("id")))
      .prepare(),
  };
}

type Queries = ReturnType<typeof prepareHistoryQueries>;
type ItemRow = NonNullable<ReturnType<Queries["item"]["get"]>>;

const readItems = (queries: Queries, ids: readonly number[]): HistoryItem[] =>
  ids.flatMap((id) => {
    const row = queries.item.get({ id });
    return row === undefined ? [] : [row.code === GAP_CODE ? gapItem(row) : transitionItem(row)];
  });

function gapItem(row: ItemRow): HistoryItem {
  const at = timeOf(row.id);
  return {
    id: row.id,
    kind: "gap",
    uid: null,
    supervisor: row.supervisor,
    group: null,
    name: null,
    from_state: null,
    to_state: null,
    at,
    expected: null,
    pid: null,
    spawnerr: null,
    from: row.fromMs ?? at,
    to: at,
    reason: row.reason ?? "events_lost",
    lost: row.lost,
  };
}

function transitionItem(row: ItemRow): HistoryItem {
  const group = row.group ?? "";
  const name = row.name ?? "";
  const { expected, sampled } = readFlags(row.flags);
  return {
    id: row.id,
    kind: "transition",
    uid: processUid(row.supervisor, group, name),
    supervisor: row.supervisor,
    group,
    name,
    from_state: stateOfItemCode(row.fromCode),
    to_state: stateOfItemCode(row.code),
    at: timeOf(row.id),
    expected,
    pid: row.pid,
    spawnerr: row.spawnerr,
    sampled,
    tries: row.tries,
  };
}
