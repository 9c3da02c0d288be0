import { fit, widthOf } from "../output/width.ts";

export type LiveArea = {
  /** a line that stays, above the live ones */
  readonly print: (line: string) => void;
  /** the live lines in the place of those before; [] takes them away */
  readonly show: (lines: readonly string[]) => void;
};

/**
 * Lines at the end of the output that change in place. Every line is cut to the terminal's width: one that wraps could
 * not be taken back.
 * @param write puts text on the terminal as it is
 */
export function createLiveArea(write: (text: string) => void, columns: () => number): LiveArea {
  let shown: readonly string[] = [];
  /** A terminal that became narrower has wrapped what it shows. */
  const rowsOf = (line: string) => Math.max(1, Math.ceil(widthOf(line) / columns()));
  /** Line by line: what is below, the bar of the prompt, stays. */
  const erase = () => {
    const rows = shown.reduce((sum, line) => sum + rowsOf(line), 0);
    const up = `\r\x1b[${rows}A`;
    return rows === 0 ? "" : `${up}${"\x1b[2K\x1b[B".repeat(rows)}${up}`;
  };
  const render = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");
  return {
    print: (line) => write(`${erase()}${line}\n${render(shown)}`),
    show(all) {
      const lines = all.map((line) => fit(line, columns() - 1));
      if (lines.length === shown.length && lines.every((line, i) => line === shown[i])) return;
      const before = erase();
      shown = lines;
      write(before + render(lines));
    },
  };
}
