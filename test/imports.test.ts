import { expect, test } from "bun:test";
import { dirname, join, normalize } from "node:path/posix";
import { type SourceFile, sourceFiles } from "./support/source-files.ts";

/** Who may import whom; every folder may import itself and lib. The files beside main.ts may import all. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  lib: [],
  domain: [],
  supervisord: ["domain"],
  protocol: ["domain"],
  views: ["domain"],
  agent: ["domain", "supervisord", "protocol"],
  cli: ["domain", "supervisord", "protocol"],
  hub: ["domain", "supervisord", "protocol", "views"],
  demo: ["domain", "supervisord", "protocol", "agent", "hub"],
};

const folderOf = (path: string): string => (path.includes("/") ? path.slice(0, path.indexOf("/")) : "");

/** Paths from src of what a file imports of ours, types included. */
function importsOf({ path, text }: SourceFile): string[] {
  const specifiers = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+)"/g);
  return [...specifiers].map(([, specifier]) => normalize(join(dirname(path), specifier ?? "")));
}

function isAllowed(from: string, to: string): boolean {
  if (to.startsWith("..")) return true; // package.json, migrations
  const [importer, imported] = [folderOf(from), folderOf(to)];
  return importer === "" || imported === importer || imported === "lib" || !!MAY_IMPORT[importer]?.includes(imported);
}

test("every folder imports only what it may", async () => {
  const files = (await sourceFiles()).filter((file) => !file.isTest);
  const forbidden = files.flatMap((file) =>
    importsOf(file)
      .filter((imported) => !isAllowed(file.path, imported))
      .map((imported) => `${file.path} imports ${imported}`),
  );
  expect(forbidden).toEqual([]);
  expect(files.length).toBeGreaterThan(20);
});

test("the rule itself catches what it must", () => {
  const text = 'import type { A } from "../hub/a.ts";\nconst b = import("../domain/b.ts");\nimport "../lib/c.ts";';
  const imports = importsOf({ path: "agent/x.ts", text, isTest: false });
  expect(imports).toEqual(["hub/a.ts", "domain/b.ts", "lib/c.ts"]);
  expect(imports.filter((imported) => !isAllowed("agent/x.ts", imported))).toEqual(["hub/a.ts"]);
});
