import { type Figure, goalText, isMet } from "./figure.ts";

const HEAD = ["", "unit", "median", "min", "max", "goal", "", "last", "change"];
/** Aligned to the left; the others are numbers. */
const TEXT_COLUMNS = [0, 1, 5, 6];

function row(figure: Figure, last: Figure | undefined): string[] {
  const { name, unit, median, min, max, goal } = figure;
  const verdict = goal === undefined ? "" : isMet(figure) ? "met" : "MISSED";
  const change = last === undefined || last.median === 0 ? "" : `${signed((median / last.median - 1) * 100)} %`;
  return [name, unit, `${median}`, `${min}`, `${max}`, goalText(goal), verdict, `${last?.median ?? ""}`, change];
}

const signed = (percent: number): string => `${percent >= 0 ? "+" : ""}${percent.toFixed(0)}`;

/** @param before the same figures as they were kept last */
export function figureTable(figures: readonly Figure[], before: readonly Figure[]): string {
  const rows = [
    HEAD,
    ...figures.map((one) =>
      row(
        one,
        before.find((b) => b.name === one.name && b.unit === one.unit),
      ),
    ),
  ];
  const widths = HEAD.map((_, i) => Math.max(...rows.map((cells) => cells[i]?.length ?? 0)));
  const cell = (text: string, i: number) =>
    TEXT_COLUMNS.includes(i) ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0);
  return rows.map((cells) => cells.map(cell).join("  ").trimEnd()).join("\n");
}
