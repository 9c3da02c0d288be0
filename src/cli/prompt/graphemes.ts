const segmenter = new Intl.Segmenter();

/** Where the character before `at` begins. Indices are of UTF-16. */
export function before(text: string, at: number): number {
  let start = 0;
  for (const { index } of segmenter.segment(text.slice(0, at))) start = index;
  return start;
}

/** Where the character at `at` ends. */
export function after(text: string, at: number): number {
  for (const { segment } of segmenter.segment(text.slice(at))) return at + segment.length;
  return text.length;
}
