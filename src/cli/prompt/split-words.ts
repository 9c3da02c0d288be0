export type Word = {
  readonly text: string;
  /** where it begins in the line, its quote included */
  readonly start: number;
};

export type SplitLine = {
  /** the words between the `|` of a line */
  readonly stages: readonly (readonly Word[])[];
  /** the quote that was not closed; null where all is well */
  readonly open: string | null;
};

/** space, |, 'single', "double", \x, or anything else */
const PIECE = /(\s+)|(\|)|'([^']*)('?)|"((?:\\[\s\S]|[^"\\])*)("?)|\\([\s\S])|([^\s'"\\|]+|\\)/g;

/** Words as a shell splits them: spaces, 'single', "double" with \" and \\, and \x outside of quotes; `|` between stages. */
export function splitLine(line: string): SplitLine {
  const stages: Word[][] = [[]];
  let word = null as Word | null;
  let open: string | null = null;
  for (const piece of line.matchAll(PIECE)) {
    const [, space, pipe, single, singleEnd, double, doubleEnd, escaped, bare] = piece;
    if (space !== undefined || pipe !== undefined) {
      if (word !== null) stages.at(-1)?.push(word);
      word = null;
      if (pipe !== undefined) stages.push([]);
      continue;
    }
    const text = single ?? double?.replaceAll(/\\(["\\])/g, "$1") ?? escaped ?? bare ?? "";
    word = { text: (word?.text ?? "") + text, start: word?.start ?? piece.index };
    if (singleEnd === "") open = "'";
    if (doubleEnd === "") open = '"';
  }
  if (word !== null) stages.at(-1)?.push(word);
  return { stages, open };
}

/** A word as it has to be typed. */
export const quoted = (text: string): string =>
  /[\s'"\\|]/.test(text) || text === "" ? `'${text.replaceAll("'", `'\\''`)}'` : text;
