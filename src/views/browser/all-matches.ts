import type { Action } from "../process-look.ts";
import { byId } from "./page.ts";
import { rehearseAction } from "./post-action.ts";

/** All that a filter finds in the fleet, where the table holds a part of it. */
export type AllMatches = { readonly filter: string; readonly count: number };

/** @returns null where all that match are rows */
export function matchesBeyondRows(rows: number): AllMatches | null {
  const { part } = document.getElementById("rows")?.dataset ?? {};
  const count = Number(part);
  return part === undefined || count <= rows ? null : { filter: byId<HTMLInputElement>("filter").value, count };
}

/** As things are now, by the server; the agents are not among them. @throws Error for people */
export async function matchingTargets({ filter }: AllMatches, action: Action): Promise<string[]> {
  const fields = filter.trim() === "" ? { uid: ["*"] } : { filter };
  const results = await rehearseAction({ path: `process/${action}`, fields });
  return results.flatMap(({ uid = "", ok }) => (ok ? [uid] : []));
}
