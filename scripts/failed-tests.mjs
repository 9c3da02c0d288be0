/**
 * What `bun test` printed of tests that failed, so that it can stand at the end of a long run.
 * @param printed all that the runner wrote
 * @returns for each failed test its file, its name, and the last 40 lines printed since the test before it
 */
export function failedTests(printed) {
  const [ofTests] = printed.split(/^\s*\d+ tests? failed:$/m);
  const failed = [];
  let file = "";
  let since = [];
  for (const line of ofTests.split("\n")) {
    if (line.startsWith("(fail) ")) failed.push(`FAILED ${file}: ${line.slice(7)}\n${since.slice(-40).join("\n")}`);
    if (/^\S+\.test\.tsx?:$/.test(line)) file = line.slice(0, -1);
    if (/^\((pass|fail|skip|todo)\) |^\S+\.test\.tsx?:$/.test(line)) since = [];
    else since.push(line);
  }
  return failed;
}
