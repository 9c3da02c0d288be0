import { eq, sql } from "drizzle-orm";
import { processUid } from "../../domain/names.ts";
import type { HistoryItem } from "../../protocol/hub.ts";
import { apiEvidence } from "../api/api-evidence.ts";
import { ACTION_METHODS } from "../history/sent-actions.ts";
import { createEvidenceRows, type EvidenceRows } from "./evidence-rows.ts";
import {
  COMMAND_CODE,
  codeOf,
  GAP_CODE,
  GROUP_CODE,
  LAST_STATE_CODE,
  LINK_CODE,
  STATE_CODE,
  SUPERVISOR_CODE,
  stateOfItemCode,
  unpackFacts,
} from "./item-codes.ts";
import { timeOf } from "./item-id.ts";
import type { HistoryDatabase } from "./open-database.ts";
import { actions, gaps, itemSpawnerrs, items, processes, spawnerrs, supervisors } from "./schema.ts";

type ItemRow = NonNullable<ReturnType<ReturnType<typeof prepareItemQuery>["get"]>>;

/** @returns reads one item; null where there is none */
export function createItemReader(db: HistoryDatabase): (id: number) => HistoryItem | null {
  const query = prepareItemQuery(db);
  const evidence = createEvidenceRows(db);
  return (id) => {
    const row = query.get({ id });
    return row === undefined ? null : itemOf(row, evidence);
  };
}

export function prepareItemQuery(db: HistoryDatabase) {
  const owner = sql`(${items.run} >> 5)`;
  return db
    .select({
      id: items.id,
      run: items.run,
      facts: items.facts,
      pid: items.pid,
      supervisor: supervisors.name,
      group: processes.group,
      name: processes.name,
      text: spawnerrs.text,
      fromMs: gaps.fromMs,
      reason: gaps.reason,
      lost: gaps.lost,
      user: actions.user,
      address: actions.address,
      method: actions.method,
      detail: actions.detail,
    })
    .from(items)
    .leftJoin(processes, eq(processes.id, owner))
    .innerJoin(supervisors, eq(supervisors.id, sql`coalesce(${processes.supervisorId}, -${owner})`))
    .leftJoin(gaps, eq(gaps.itemId, items.id))
    .leftJoin(itemSpawnerrs, eq(itemSpawnerrs.itemId, items.id))
    .leftJoin(spawnerrs, eq(spawnerrs.id, itemSpawnerrs.spawnerrId))
    .leftJoin(actions, eq(actions.id, items.actionId))
    .where(eq(items.id, sql.placeholder("id")))
    .prepare();
}

const DEATHS: readonly number[] = [STATE_CODE.EXITED, STATE_CODE.BACKOFF, STATE_CODE.FATAL];

function itemOf(row: ItemRow, evidence: EvidenceRows): HistoryItem {
  const code = codeOf(row.run);
  if (code <= LAST_STATE_CODE) {
    const kept = DEATHS.includes(code) ? evidence.of(row.id) : null;
    return { ...transitionItem(row, code), evidence: kept && apiEvidence(kept) };
  }
  if (code === GAP_CODE) return gapItem(row);
  if (code === COMMAND_CODE) return commandItem(row);
  if (code === GROUP_CODE.ADDED || code === GROUP_CODE.REMOVED)
    return groupItem(row, code === GROUP_CODE.ADDED ? "ADDED" : "REMOVED");
  if (code === LINK_CODE.live || code === LINK_CODE.down)
    return {
      ...common(row),
      kind: "link",
      state: code === LINK_CODE.live ? "live" : "down",
      ...(row.text === null ? {} : { message: row.text }),
    };
  return { ...common(row), kind: "supervisor", state: code === SUPERVISOR_CODE.RUNNING ? "RUNNING" : "STOPPING" };
}

const common = (row: ItemRow) => ({
  id: row.id,
  supervisor: row.supervisor,
  uid: null,
  group: null,
  name: null,
  from_state: null,
  to_state: null,
  at: timeOf(row.id),
  expected: null,
  pid: null,
  spawnerr: null,
});

const process = ({ supervisor, group, name }: ItemRow) =>
  group === null || name === null ? {} : { uid: processUid(supervisor, group, name), group, name };

function gapItem(row: ItemRow): HistoryItem {
  const at = timeOf(row.id);
  const { reason, fromMs, lost } = row;
  return { ...common(row), kind: "gap", from: fromMs ?? at, to: at, reason: reason ?? "events_lost", lost };
}

const by = ({ user, address, method }: ItemRow) =>
  address === null ? {} : { by: { user, address, action: method ?? ACTION_METHODS[0] } };

function transitionItem(row: ItemRow, code: number): HistoryItem {
  const { from, sampled, expected, cause, tries } = unpackFacts(row.facts);
  return {
    ...common(row),
    kind: "transition",
    ...process(row),
    from_state: stateOfItemCode(from),
    to_state: stateOfItemCode(code),
    expected,
    pid: row.pid,
    spawnerr: row.text,
    sampled,
    tries,
    cause,
    ...by(row),
  };
}

const groupItem = (row: ItemRow, state: string): HistoryItem => ({
  ...common(row),
  kind: "group",
  group: row.group,
  state,
  cause: unpackFacts(row.facts).cause,
  ...by(row),
});

function commandItem(row: ItemRow): HistoryItem {
  return {
    ...common(row),
    kind: "command",
    ...process(row),
    ...by(row),
    ok: unpackFacts(row.facts).expected,
    ...(row.detail ? { detail: row.detail } : {}),
    ...(row.text === null ? {} : { message: row.text }),
  };
}
