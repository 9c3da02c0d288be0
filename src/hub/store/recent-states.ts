import type { ProcessUid } from "../../domain/names.ts";
import type { ProcessStateName } from "../../domain/states.ts";
import { BULK_SQL } from "./bulk-accounts.ts";
import type { Dictionary } from "./dictionary.ts";
import { codeOf, LAST_STATE_CODE, ownerOf, stateOfItemCode, unpackFacts } from "./item-codes.ts";
import { firstIdOf, timeOf } from "./item-id.ts";
import type { HistoryDatabase } from "./open-database.ts";

/** A state that a process entered; `atMs`: epoch milliseconds, its host's clock. */
export type EnteredState = {
  readonly uid: ProcessUid;
  readonly atMs: number;
  readonly state: ProcessStateName;
  /** null: not known; what a supervisord that has just started calls STOPPED tells nothing of before */
  readonly from: ProcessStateName | null;
  readonly expected: boolean | null;
};

/** Of the newest, so many at most in one reading: it must not hold up the hub. */
const MOST = 20_000;

/** What all processes went through between two moments, oldest first. */
export function recentStates({ $client: client }: HistoryDatabase, dictionary: () => Dictionary) {
  const query = client.query(BULK_SQL.day);
  const uids = new Map<number, ProcessUid>();
  const uidOf = (owner: number): ProcessUid | undefined => {
    if (uids.has(owner)) return uids.get(owner);
    for (const { name, processes } of dictionary().supervisors.values())
      for (const [process, id] of processes) uids.set(id, `${name}:${process}` as ProcessUid);
    return uids.get(owner);
  };
  return (fromMs: number, toMs: number): EnteredState[] => {
    const found = query.values(firstIdOf(fromMs), firstIdOf(toMs)) as [number, number, number][];
    const rows = found.slice(-MOST);
    const isCut = rows.length < found.length;
    const seen = new Set<number>();
    return rows.flatMap(([id, run, facts]) => {
      const [owner, code] = [ownerOf(run), codeOf(run)];
      const uid = owner < 0 || code > LAST_STATE_CODE ? undefined : uidOf(owner);
      const state = stateOfItemCode(code);
      if (uid === undefined || state === null) return [];
      const { from, expected, cause } = unpackFacts(facts);
      // What was left out may be why it was in that state: that says nothing of the time before.
      const isFirst = isCut && !seen.has(owner);
      if (isCut) seen.add(owner);
      const before = cause === "supervisord_start" || isFirst ? null : stateOfItemCode(from);
      return [{ uid, atMs: timeOf(id), state, from: before, expected }];
    });
  };
}
