import { printable } from "../../lib/printable.ts";
import { type Colour, paint } from "./colours.ts";
import { printableJson } from "./json.ts";
import type { OutputFormat } from "./output-format.ts";
import { fit, fitMiddle, padTo, widthOf } from "./width.ts";

export type Column<T> = {
  /** heading in capitals, and the key of CSV in lower case */
  readonly title: string;
  readonly value: (row: T) => string;
  readonly colour?: (row: T) => Colour | null;
  /** may be cut in the middle, so that what stands to the right of it is seen on a narrow terminal */
  readonly shrinks?: boolean;
  /** shown with `--output wide` and in CSV only */
  readonly isWide?: boolean;
};

export type TableOptions = {
  readonly format: OutputFormat;
  readonly colour: boolean;
  /** characters of a line; null: no limit */
  readonly columns: number | null;
};

/**
 * Rows in the format that was asked for.
 * @param json what one row is for programs
 * @returns text with its line breaks; empty where there is nothing to say
 */
export function renderRows<T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  options: TableOptions,
  json: (row: T) => unknown,
): string {
  switch (options.format) {
    case "json":
      return `${printableJson(rows.map(json))}\n`;
    case "ndjson":
      return rows.map((row) => `${printableJson(json(row), 0)}\n`).join("");
    case "csv":
      return csv(rows, columns);
    case "wide":
      return table(rows, columns, { ...options, columns: null });
    case "table":
      return table(
        rows,
        columns.filter((column) => column.isWide !== true),
        options,
      );
  }
}

function table<T>(rows: readonly T[], columns: readonly Column<T>[], { colour, columns: most }: TableOptions): string {
  if (rows.length === 0) return "";
  const titles = columns.map(({ title }) => title);
  const cells = rows.map((row) => columns.map((column) => printable(column.value(row))));
  const longest = titles.map((title, i) =>
    cells.reduce((width, row) => Math.max(width, widthOf(row[i] ?? "")), title.length),
  );
  const widths = most === null ? longest : shrunk(columns, longest, most);
  const head = paint(fit(lineOf(aligned(titles, widths)), most), "bold", colour);
  const body = cells.map((row, r) => {
    const colours = columns.map((column) => column.colour?.(rows[r] as T) ?? null);
    return painted(aligned(row, widths), colours, most, colour);
  });
  return `${[head, ...body].join("\n")}\n`;
}

const aligned = (cells: readonly string[], widths: readonly number[]): string[] =>
  cells.map((cell, i) => `${padTo(fitMiddle(cell, widths[i] ?? 0), widths[i] ?? 0)}  `);

const LEAST_WIDTH = 16;

function shrunk<T>(columns: readonly Column<T>[], longest: readonly number[], most: number): number[] {
  const last = Math.min(LEAST_WIDTH, longest.at(-1) ?? 0);
  const over = longest.slice(0, -1).reduce((sum, width) => sum + width + 2, last) - most;
  return longest.map((width, i) =>
    over > 0 && columns[i]?.shrinks === true ? Math.max(Math.min(width, LEAST_WIDTH), width - over) : width,
  );
}

const lineOf = (cells: readonly string[]): string => cells.join("").trimEnd();

/** Cut first, painted after: a code must not be cut in two. */
function painted(
  cells: readonly string[],
  colours: readonly (Colour | null)[],
  most: number | null,
  isOn: boolean,
): string {
  const plain = fit(lineOf(cells), most);
  let at = 0;
  const parts = cells.map((cell, i) => {
    const part = plain.slice(at, i === cells.length - 1 ? undefined : at + cell.length);
    at += cell.length;
    const text = part.trimEnd();
    return paint(text, colours[i] ?? null, isOn) + part.slice(text.length);
  });
  return parts.join("").trimEnd();
}

const csv = <T>(rows: readonly T[], columns: readonly Column<T>[]): string =>
  [columns.map(({ title }) => title.toLowerCase()), ...rows.map((row) => columns.map(({ value }) => value(row)))]
    .map((cells) => `${cells.map(csvCell).join(",")}\r\n`)
    .join("");

/** RFC 4180; what a spreadsheet would take for a formula gets an apostrophe. */
const csvCell = (cell: string): string => {
  const text = printable(/^[=+@]|^-\D/.test(cell) ? `'${cell}` : cell);
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
