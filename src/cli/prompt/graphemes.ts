const segmenter = new Intl.Segmenter();

/** No character is longer, but for a hostile one. */
const LONGEST = 64;

/** Where the character before `at` begins. Indices are of UTF-16. */
export function before(text: string, at: number): number {
  const from = Math.max(0, at - LONGEST);
  let start = from;
  for (const { index } of segmenter.segment(text.slice(from, at))) start = from + index;
  return start;
}

/** Where the character at `at` ends. */
export function after(text: string, at: number): number {
  for (const { segment } of segmenter.segment(text.slice(at, at + LONGEST))) return at + segment.length;
  return text.length;
}
