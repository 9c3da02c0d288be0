import { parseUid } from "../../domain/names.ts";
import { filterValue } from "../filter-value.ts";
import type { Action } from "../process-look.ts";
import { answerTexts } from "../texts/overlays.ts";
import { base } from "./page.ts";
import { rehearseAction } from "./post-action.ts";

/** All processes of a group, on whichever host, or of a supervisor. */
export type Many = { readonly of: "group" | "supervisor"; readonly name: string };

const FIELD = { group: "group", supervisor: "host" } as const;

/** In the page's filter language; a filter finds parts of names as well, so what it finds is looked at again. */
const filterFor = ({ of, name }: Many): string => `${FIELD[of]}:${filterValue(name)}`;

const isOf = ({ of, name }: Many, uid: string): boolean => parseUid(uid)?.[of] === name;

/** What the action would be done to: the agents are not among them. @throws Error for people */
export async function targetsOf(many: Many, action: Action): Promise<string[]> {
  const results = await rehearseAction({ path: `process/${action}`, fields: { filter: filterFor(many) } });
  return results.flatMap(({ uid = "", ok }) => (ok && isOf(many, uid) ? [uid] : []));
}

/** All of them. @throws Error for people */
export async function membersOf(many: Many): Promise<string[]> {
  const response = await fetch(`${base()}/api/process/list?${new URLSearchParams({ filter: filterFor(many) })}`);
  if (!response.ok) throw new Error(answerTexts.answered(response.status));
  return ((await response.json()) as string[]).filter((uid) => isOf(many, uid));
}
