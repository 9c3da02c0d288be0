/**
 * The candidates that `text` may be the beginning of; where there are none, those that have its letters in this order
 * (`wc0a` of `lid001:PLC:wcid00a`), those where they stand closest together first.
 */
export function fuzzy(text: string, candidates: readonly string[]): string[] {
  const lower = text.toLowerCase();
  const exact = candidates.filter((one) => one.startsWith(text));
  if (exact.length > 0) return exact;
  const beginning = candidates.filter((one) => one.toLowerCase().startsWith(lower));
  if (beginning.length > 0) return beginning;
  const spread = candidates.flatMap((one) => {
    const width = spreadOf(lower, one.toLowerCase());
    return width === null ? [] : [{ one, width }];
  });
  return spread.sort((a, b) => a.width - b.width).map(({ one }) => one);
}

/** Over how many characters the letters are spread; null: they are not all there in this order */
function spreadOf(letters: string, text: string): number | null {
  let at = -1;
  let first = 0;
  for (const [i, letter] of [...letters].entries()) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return null;
    if (i === 0) first = at;
  }
  return at - first;
}

/** The longest beginning that all have. */
export function commonPrefix(words: readonly string[]): string {
  const [first = "", ...rest] = words;
  let length = first.length;
  for (const word of rest) while (!word.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}
