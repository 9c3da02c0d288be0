/** Finds a regular expression in texts, apart from the page: one that thinks for hours can be ended. */
type Asked = {
  readonly turn: number;
  readonly source: string;
  readonly texts: readonly string[];
  readonly most: number;
};

/** Of each text: where matches begin and end. */
export type Answered = {
  readonly turn: number;
  readonly found: readonly (readonly [text: number, from: number, to: number])[];
};

function find({ turn, source, texts, most }: Asked): Answered {
  const pattern = new RegExp(source, "giu");
  const found: [number, number, number][] = [];
  for (const [i, text] of texts.entries()) {
    for (const line of text.matchAll(/[^\n]+/g))
      for (const match of line[0].matchAll(pattern)) {
        if (match[0] === "") continue;
        const from = line.index + match.index;
        found.push([i, from, from + match[0].length]);
        if (found.length >= most) return { turn, found };
      }
  }
  return { turn, found };
}

addEventListener("message", ({ data }: MessageEvent<Asked>) => postMessage(find(data)));
