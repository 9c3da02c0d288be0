const segmenter = new Intl.Segmenter();
const ASCII = /^[\x20-\x7e]*$/;

/** Columns of a terminal that the text takes: a Chinese character two, a combining one none. */
export const widthOf = (text: string): number => (ASCII.test(text) ? text.length : Bun.stringWidth(text));

export const padTo = (text: string, columns: number): string => text + " ".repeat(Math.max(0, columns - widthOf(text)));

/** The longest beginning that is no wider than `columns`. */
export function cutToWidth(text: string, columns: number): string {
  if (ASCII.test(text)) return text.slice(0, Math.max(0, columns));
  let width = 0;
  let end = 0;
  for (const { segment, index } of segmenter.segment(text)) {
    width += Bun.stringWidth(segment);
    if (width > columns) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** The longest end that is no wider than `columns`. */
export function endOfWidth(text: string, columns: number): string {
  if (ASCII.test(text)) return text.slice(Math.max(0, text.length - columns));
  let width = 0;
  let start = text.length;
  for (const { segment, index } of [...segmenter.segment(text)].reverse()) {
    width += Bun.stringWidth(segment);
    if (width > columns) break;
    start = index;
  }
  return text.slice(start);
}

/** Cut in the middle: names begin alike, and their ends tell them apart. */
export function fitMiddle(text: string, most: number): string {
  if (widthOf(text) <= most) return text;
  const head = cutToWidth(text, Math.floor((most - 1) / 3));
  return `${head}…${endOfWidth(text, most - 1 - widthOf(head))}`;
}

/** Cut with `…` where it is too wide. @param most columns; null: all of it */
export const fit = (text: string, most: number | null): string =>
  most === null || widthOf(text) <= most ? text : `${cutToWidth(text, Math.max(0, most - 1))}…`;
