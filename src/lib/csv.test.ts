import { expect, test } from "bun:test";
import { csvLine } from "./csv.ts";

test.each([
  [["a", 1, true, null, undefined], "a,1,true,,\r\n"],
  [['say "no"', "a,b", "two\nlines"], '"say ""no""","a,b","two\nlines"\r\n'],
  [["=1+1", "+x", "-x", "@x", "\tx"], "'=1+1,'+x,'-x,'@x,'\tx\r\n"],
  [['=HYPERLINK("a","b")'], '"\'=HYPERLINK(""a"",""b"")"\r\n'],
  [[-5], "-5\r\n"],
])("a line of CSV: %p", (cells, line) => {
  expect(csvLine(cells)).toBe(line);
});
