import { existsSync, readFileSync } from "node:fs";

/**
 * What the test runner wrote down. A file that could not even be loaded is not in its report.
 * @param path of the JUnit report; none there: the runner died
 * @returns counts of tests (todo counts as skipped), and the files that have tests
 */
export function junitTotals(path) {
  const xml = existsSync(path) ? readFileSync(path, "utf8") : "";
  const root = /<testsuites\b[^>]*>/.exec(xml)?.[0] ?? "";
  const count = (name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(root)?.[1] ?? 0);
  const [tests, failed, skipped] = [count("tests"), count("failures") + count("errors"), count("skipped")];
  const files = new Set([...xml.matchAll(/<testsuite\b[^>]*?\bfile="([^"]*)"/g)].map((match) => match[1]));
  return { passed: tests - failed - skipped, failed, skipped, files };
}
