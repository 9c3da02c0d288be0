import type { CliContext } from "../cli-command.ts";
import { type Column, renderRows, type TableOptions } from "./table.ts";

/** A table fits a terminal; in a pipe nothing is cut. */
export const tableOptions = ({ output, terminal }: CliContext): TableOptions => ({
  format: output,
  colour: terminal.colour,
  columns: terminal.isTerminal ? terminal.columns() : null,
});

export async function printRows<T>(
  context: CliContext,
  rows: readonly T[],
  columns: readonly Column<T>[],
  json: (row: T) => unknown = (row) => row,
): Promise<void> {
  const text = renderRows(rows, columns, tableOptions(context), json);
  if (text !== "") await context.out(text);
}
