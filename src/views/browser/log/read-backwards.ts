import type { Source } from "./sources.ts";

type Older = { readonly text: string; readonly previous: string | null };

/** Line ends as a page has them. */
export const normal = (text: string): string => text.replaceAll(/\r\n?/g, "\n");

/** What is read backwards begins somewhere in a line: that waits for the rest of it. @returns whole lines, where there are any */
export function takeOlder(source: Source, { text, previous }: Older): string {
  const all = text + source.head;
  const start = previous === null ? 0 : all.indexOf("\n") + 1;
  const isOneLine = start === all.length;
  source.previous = previous;
  source.head = isOneLine ? "" : all.slice(0, start);
  return normal(isOneLine ? all : all.slice(start));
}

/** Place of the first byte that is shown; null: nothing is before it. */
export function shownFrom({ previous, head }: Source): string | null {
  if (previous === null || head === "") return previous;
  const colon = previous.lastIndexOf(":") + 1;
  return `${previous.slice(0, colon)}${Number(previous.slice(colon)) + new TextEncoder().encode(head).length}`;
}
