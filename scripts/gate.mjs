import { spawnSync } from "node:child_process";
import { BUN } from "./node-modules.mjs";

const node = (script, ...args) => [process.execPath, `node_modules/${script}`, ...args];

/**
 * What must hold before any test counts. TypeScript 7 checks; the XSS scan, which looks for text that reaches a page
 * unescaped, can only use TypeScript 5.
 */
const STEPS = [
  { name: "format", words: node("@biomejs/biome/bin/biome", "format", ".") },
  { name: "lint", words: node("@biomejs/biome/bin/biome", "lint", "--error-on-warnings", ".") },
  { name: "types", words: node("typescript-7/bin/tsc", "-p", ".") },
  { name: "xss scan", words: node("@kitajs/ts-html-plugin/dist/cli.js", "-p", "tsconfig.json") },
  {
    name: "house rules",
    words: [
      BUN,
      "test",
      "./test/imports.test.ts",
      "./test/house-rules.test.ts",
      "./test/texts.test.ts",
      "./test/cli-docs.test.ts",
    ],
  },
];

/** @returns how many steps failed */
export function runGate() {
  let failed = 0;
  for (const { name, words } of STEPS) {
    const [command, ...args] = words;
    const isFine = spawnSync(command, args, { stdio: "inherit" }).status === 0;
    console.log(`${isFine ? "ok    " : "FAILED"} ${name}`);
    if (!isFine) failed++;
  }
  return failed;
}
