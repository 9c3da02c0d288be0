import { describe, expect, test } from "bun:test";
import { type Column, renderRows } from "./table.ts";

type Row = { name: string; state: string };
const COLUMNS: readonly Column<Row>[] = [
  { title: "NAME", value: ({ name }) => name },
  { title: "STATE", value: ({ state }) => state, colour: () => "green" },
  { title: "MORE", value: () => "more", isWide: true },
];
const ROWS = [
  { name: "a", state: "RUNNING" },
  { name: "longer", state: "STOPPED" },
];
const render = (
  format: "table" | "wide" | "json" | "ndjson" | "csv",
  rows: Row[] = ROWS,
  columns: number | null = null,
) => renderRows(rows, COLUMNS, { format, colour: false, columns }, (row) => row);

describe("rows", () => {
  test("as a table, aligned", () => {
    expect(render("table")).toBe("NAME    STATE\na       RUNNING\nlonger  STOPPED\n");
    expect(render("wide")).toBe("NAME    STATE    MORE\na       RUNNING  more\nlonger  STOPPED  more\n");
  });
  test("cut to the terminal, never within a colour", () => {
    expect(render("table", ROWS, 10)).toBe("NAME    S…\na       R…\nlonger  S…\n");
    const options = { format: "table", colour: true, columns: 10 } as const;
    const text = renderRows(ROWS.slice(0, 1), COLUMNS, options, (row) => row);
    expect(text).toContain("a     \x1b[32mRUN…\x1b[0m\n");
  });
  test("for programs", () => {
    expect(JSON.parse(render("json"))).toEqual(ROWS);
    expect(
      render("ndjson")
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual(ROWS);
    expect(render("csv")).toBe("name,state,more\r\na,RUNNING,more\r\nlonger,STOPPED,more\r\n");
  });
  test("CSV quotes what it must, and is no formula", () => {
    expect(render("csv", [{ name: 'a,"b"', state: "=1+1" }])).toBe('name,state,more\r\n"a,""b""",\'=1+1,more\r\n');
  });
  test("no control character of others comes through", () => {
    for (const format of ["table", "wide", "json", "ndjson", "csv"] as const)
      expect(render(format, [{ name: "\x1b[31m\x9b\u202e", state: "x" }])).not.toMatch(/[\x1b\x9b\u202e]/);
  });
});
