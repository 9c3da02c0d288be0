/** One run of text that looks alike; `classes` empty for plain. */
export type Run = { readonly text: string; readonly classes: string };

/** Colours (the first group), and everything else that moves cursors, sets titles, or rings. */
const CODES =
  /\x1b\[([0-9;]*)m|\x1b(?:\[[0-?]*[ -/]*[@-~]?|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_]?)|[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]/g;

type Style = { readonly colour: string; readonly bold: boolean; readonly dim: boolean };
const PLAIN: Style = { colour: "", bold: false, dim: false };

const NAMES = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/** One code that stands alone. */
function coded(style: Style, code: number): Style {
  if (code === 0) return PLAIN;
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 22) return { ...style, bold: false, dim: false };
  if (code === 39) return { ...style, colour: "" };
  const name = NAMES[code >= 90 ? code - 90 : code - 30];
  return name === undefined ? style : { ...style, colour: name };
}

function applied(style: Style, codes: string): Style {
  let next = style;
  const numbers = codes === "" ? [0] : codes.split(";").map(Number);
  for (let i = 0; i < numbers.length; i++) {
    const code = numbers[i] ?? 0;
    // 256 and true colours: their parameters are no codes of their own
    if (code === 38 || code === 48) i += numbers[i + 1] === 5 ? 2 : numbers[i + 1] === 2 ? 4 : 0;
    else next = coded(next, code);
  }
  return next;
}

const classesOf = ({ colour, bold, dim }: Style): string =>
  [colour === "" ? "" : `ansi-${colour}`, bold ? "ansi-bold" : "", dim ? "ansi-dim" : ""].filter(Boolean).join(" ");

/** Reads colours as terminals do; they go on from one piece of text to the next. Nothing of it reaches the page as markup. */
export function createAnsi(): (text: string) => Run[] {
  let style = PLAIN;
  return (text) => {
    const runs: Run[] = [];
    let plain = "";
    let at = 0;
    const end = () => {
      if (plain !== "") runs.push({ text: plain, classes: classesOf(style) });
      plain = "";
    };
    for (const match of text.matchAll(CODES)) {
      plain += text.slice(at, match.index);
      at = match.index + match[0].length;
      const [, codes] = match;
      if (codes === undefined) continue;
      end();
      style = applied(style, codes);
    }
    plain += text.slice(at);
    end();
    return runs;
  };
}
