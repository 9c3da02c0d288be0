import { expect, test } from "bun:test";
import ts from "typescript";
import { sourceFiles } from "./support/source-files.ts";

/** Attributes that people read or hear. */
const READ = new Set(["title", "placeholder", "aria-label", "alt", "label"]);

/** Words that stand in the markup of a file, where another language could not reach them. */
function wordsIn(path: string, text: string): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const note = (words: string) => {
    if (/\p{L}{2}/u.test(words)) found.push(`${path}: ${words.trim().replaceAll(/\s+/g, " ")}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node.text);
    if (ts.isJsxAttribute(node) && READ.has(node.name.getText(file)) && node.initializer !== undefined) {
      if (ts.isStringLiteral(node.initializer)) note(node.initializer.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Names that are the same in every language. */
const NAMES = /: (CSV|JSON|JSON lines|openapi\.json|\.?\*)\.?$/;

test("all that pages say stands in src/views/texts, so that a language can be added", async () => {
  const pages = (await sourceFiles()).filter(({ path, isTest }) => /^views\/.*\.tsx$/.test(path) && !isTest);
  const found = pages.flatMap(({ path, text }) => wordsIn(path, text));
  expect(found.filter((words) => !NAMES.test(words))).toEqual([]);
});

test("the rule itself sees words in the markup and in what is read aloud", () => {
  expect(wordsIn("x.tsx", 'const x = <p title="Say it">Hello <b>{y}</b></p>;')).toEqual([
    "x.tsx: Say it",
    "x.tsx: Hello",
  ]);
  expect(wordsIn("x.tsx", "const x = <p class='some words' title={t.say}>{t.hello}</p>;")).toEqual([]);
});
