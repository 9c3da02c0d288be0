import type { Unknown } from "../../domain/account.ts";
import { checkpointRows } from "./checkpoint-rows.ts";
import { codeOf, GROUP_CODE, runOf } from "./item-codes.ts";
import { firstIdOf, timeOf } from "./item-id.ts";
import type { HistoryDatabase } from "./open-database.ts";
import type { FoundRow } from "./row-source.ts";
import { runRows } from "./run-rows.ts";

export type ItemRow = { readonly id: number; readonly atMs: number; readonly code: number; readonly facts: number };
export type Place = { readonly supervisorId: number; readonly groupId: number | null };

const itemOf = ({ id, run, facts }: FoundRow): ItemRow => ({ id, atMs: timeOf(id), code: codeOf(run), facts });

/** The rows that accounts are made of. Plain statements: some are run for every row of the history. */
export function accountRows(db: HistoryDatabase) {
  const client = db.$client;
  const runs = runRows(db);
  const newOutage = client.query("INSERT OR REPLACE INTO outages VALUES (?, ?, ?)");
  const dropOutages = client.query("DELETE FROM outages WHERE process_id = ? AND to_ms >= ?");
  const place = client.query<[number, number | null], [number]>(
    `SELECT supervisor_id, (SELECT id FROM processes AS g WHERE g.supervisor_id = p.supervisor_id
      AND g.group_name = p.group_name AND g.name = '') FROM processes AS p WHERE id = ?`,
  );
  const unknowns = client.query<[number, number], [number, number, number]>(
    "SELECT from_ms, to_ms FROM unknowns WHERE supervisor_id = ? AND to_ms > ? AND from_ms < ? ORDER BY to_ms",
  );
  const touching = client.query<[number, number], [number, number, number]>(
    "SELECT from_ms, to_ms FROM unknowns WHERE supervisor_id = ? AND to_ms >= ? AND from_ms <= ?",
  );
  const newUnknown = client.query("INSERT INTO unknowns (supervisor_id, to_ms, from_ms) VALUES (?, ?, ?)");
  const dropUnknown = client.query("DELETE FROM unknowns WHERE supervisor_id = ? AND to_ms = ?");
  const toUnknown = ([fromMs, toMs]: [number, number]): Unknown => ({ fromMs, toMs });

  function fewItems(process: number, groupId: number | null, fromMs: number, toMs: number, most: number) {
    const range = { after: firstIdOf(fromMs) - 1, before: firstIdOf(toMs) };
    const own = runs.ofStates(process, range, most);
    if (own === null || groupId === null) return own?.map(itemOf) ?? null;
    const ofGroup = Object.values(GROUP_CODE).flatMap((code) => [...runs.eachOfRun(runOf(groupId, code), range)]);
    return [...own, ...ofGroup].sort((a, b) => a.id - b.id).map(itemOf);
  }

  return {
    checkpoints: checkpointRows(db),
    writeOutage: (process: number, fromMs: number, toMs: number) => void newOutage.run(process, toMs, fromMs),
    dropOutages: (process: number, fromMs: number) => void dropOutages.run(process, fromMs),
    placeOf(process: number): Place {
      const [row] = place.values(process) as [number, number | null][];
      return { supervisorId: row?.[0] ?? 0, groupId: row?.[1] ?? null };
    },
    /** What happened to a process and to its group, in order. */
    items: (process: number, groupId: number | null, fromMs: number, toMs: number): ItemRow[] =>
      fewItems(process, groupId, fromMs, toMs, Number.MAX_SAFE_INTEGER) ?? [],
    /** The same; null where it is more than `most`. */
    fewItems,
    /** Those that overlap. */
    unknowns: (supervisorId: number, fromMs: number, toMs: number): Unknown[] =>
      (unknowns.values(supervisorId, fromMs, toMs) as [number, number][]).map(toUnknown),
    /** One more; what it overlaps or touches becomes one with it. @returns false where it was all unknown already */
    addUnknown(supervisorId: number, fromMs: number, toMs: number): boolean {
      const old = (touching.values(supervisorId, fromMs, toMs) as [number, number][]).map(toUnknown);
      if (old.some((one) => one.fromMs <= fromMs && toMs <= one.toMs)) return false;
      for (const one of old) dropUnknown.run(supervisorId, one.toMs);
      const begin = Math.min(fromMs, ...old.map((one) => one.fromMs));
      newUnknown.run(supervisorId, Math.max(toMs, ...old.map((one) => one.toMs)), begin);
      return true;
    },
  };
}

export type AccountRows = ReturnType<typeof accountRows>;
