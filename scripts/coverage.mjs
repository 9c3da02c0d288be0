/**
 * `node scripts/coverage.mjs`: which lines of what must never fail no test in this process has run, out of the lcov file
 * that `bun test --coverage --coverage-reporter=lcov --coverage-dir=build/coverage` leaves. What only whole executables run
 * is not counted. Prints a line for each part, and one for each file that is not covered.
 */
import { existsSync, readFileSync } from "node:fs";

export const COVERAGE_DIR = "build/coverage";

/** What has to be covered to the line. */
const PARTS = [
  {
    name: "journal",
    isOf: (file) => file.startsWith("src/agent/journal") || /agent\/(open-journal|recorder)/.test(file),
  },
  { name: "store", isOf: (file) => file.startsWith("src/hub/store/") },
  { name: "links", isOf: (file) => file.startsWith("src/hub/links/") },
  {
    name: "authentication",
    isOf: (file) =>
      file.startsWith("src/hub/auth/") || /^src\/agent\/(token|token-guard|right-of-path)\.ts$/.test(file),
  },
];

/** @returns by file: the numbers of its lines, and whether each was run */
function readLcov(text) {
  const files = new Map();
  let lines = new Map();
  for (const row of text.split("\n")) {
    if (row.startsWith("SF:")) {
      lines = new Map();
      files.set(row.slice("SF:".length), lines);
    }
    const [, line, count] = /^DA:(\d+),(\d+)/.exec(row) ?? [];
    if (line !== undefined) lines.set(Number(line), Number(count) > 0);
  }
  return files;
}

/** "3, 7-9" */
function ranges(numbers) {
  const found = [];
  for (const n of numbers) {
    const last = found.at(-1);
    if (last !== undefined && last[1] === n - 1) last[1] = n;
    else found.push([n, n]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(", ");
}

/** @returns what there is to print; none where nothing was measured */
export function coverageLines(path = `${COVERAGE_DIR}/lcov.info`) {
  if (!existsSync(path)) return [];
  const files = [...readLcov(readFileSync(path, "utf8"))].filter(([file]) => !file.includes(".test."));
  return PARTS.flatMap(({ name, isOf }) => {
    const own = files.filter(([file]) => isOf(file));
    const all = own.flatMap(([, lines]) => [...lines.values()]);
    const run = all.filter(Boolean).length;
    const missing = own
      .map(([file, lines]) => ({ file, not: [...lines].filter(([, isRun]) => !isRun).map(([line]) => line) }))
      .filter(({ not }) => not.length > 0);
    return [
      `coverage of ${name}: ${run} of ${all.length} lines (${((100 * run) / Math.max(1, all.length)).toFixed(1)} %)`,
      ...missing.map(({ file, not }) => `  ${file}: not ${ranges(not.sort((a, b) => a - b))}`),
    ];
  });
}

if (process.argv[1]?.endsWith("coverage.mjs")) for (const line of coverageLines(process.argv[2])) console.log(line);
