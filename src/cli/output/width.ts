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

/** Cut with `…` where it is too wide. @param most columns; null: all of it */
export const fit = (text: string, most: number | null): string =>
  most === null || widthOf(text) <= most ? text : `${cutToWidth(text, Math.max(0, most - 1))}…`;
