import { answerTexts } from "../../texts/overlays.ts";
import { base } from "../page.ts";
import { shownFrom } from "./read-backwards.ts";
import type { Source } from "./sources.ts";

type Page = { readonly text: string; readonly previous: string | null; readonly next: string };

export type Sought = { readonly text: string; readonly isRegex: boolean };

/** Pages that are brought in for one match, at most. */
const MOST_PAGES = 40;

const urlOf = ({ uid, channel }: Source, what = "") =>
  `${base()}/api/${channel === "main" ? "supervisor/log" : `process/log/${channel}`}/${what}${encodeURIComponent(uid)}`;

export const downloadUrl = (source: Source): string => urlOf(source, "download/");

async function answerOf<T>(url: string): Promise<T> {
  const response = await fetch(url);
  const answer = (await response.json()) as T & { message?: string };
  if (!response.ok) throw new Error(answer.message ?? answerTexts.answered(response.status));
  return answer;
}

/** @param length bytes; negative: what is before. @throws Error for people */
export const fetchPage = (source: Source, offset: string, length: number): Promise<Page> =>
  answerOf(`${urlOf(source)}?offset=${encodeURIComponent(offset)}&length=${length}`);

/**
 * Has the host look through what is older than what is shown, and brings in pages until the newest match is among them.
 * @returns false: nothing older matches; null: there is more to look through
 */
export async function findOlder(
  source: Source,
  { text, isRegex }: Sought,
  bringOlder: () => Promise<boolean>,
): Promise<boolean | null> {
  const until = shownFrom(source);
  if (until === null || text === "") return false;
  const query = new URLSearchParams({ q: text, case: "0", limit: "1", until });
  if (isRegex) query.set("regex", "1");
  const { matches, stopped } = await answerOf<{
    matches: { cursor: string | null; offset: number }[];
    stopped: string | null;
  }>(`${urlOf(source, "search/")}?${query}`);
  const [match] = matches;
  if (match === undefined) return stopped === null ? false : null;
  const matchAt = Number(match.cursor?.split(":").at(-1) ?? match.offset);
  for (let i = 0; i < MOST_PAGES; i++) {
    const from = shownFrom(source);
    if (from === null || (isSameFile(from, match.cursor) && matchAt >= Number(from.split(":").at(-1)))) return true;
    if (!(await bringOlder())) break;
  }
  return true;
}

/** A cursor names its file before the last colon. */
const isSameFile = (a: string, b: string | null): boolean =>
  b !== null && a.slice(0, a.lastIndexOf(":")) === b.slice(0, b.lastIndexOf(":"));
