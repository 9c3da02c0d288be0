/** What is kept. */
const MOST_ENTRIES = 1_000;

/** @param entries oldest first @param before only entries below this index @returns index, -1: none */
export function findInHistory(entries: readonly string[], query: string, before: number): number {
  if (query === "") return -1;
  for (let i = before - 1; i >= 0; i--) if (entries[i]?.toLowerCase().includes(query.toLowerCase())) return i;
  return -1;
}

/** What would follow `text` in the newest line that began like it; empty: none did */
export function suggestion(text: string, entries: readonly string[]): string {
  if (text === "") return "";
  const found = entries.findLast((entry) => entry.startsWith(text) && entry !== text);
  return found?.slice(text.length) ?? "";
}

/** A line that comes again moves to the end. */
export const withEntry = (entries: readonly string[], line: string): string[] =>
  line.trim() === "" ? [...entries] : [...entries.filter((entry) => entry !== line), line].slice(-MOST_ENTRIES);
