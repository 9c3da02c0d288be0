import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BENCH_MARK } from "../bench/support/run-bench.ts";
import { markedProcesses } from "../src/demo/descendants.ts";
import { waitFor } from "./support/wait-for.ts";

const RUN = join(import.meta.dir, "../bench/run.ts");

const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return ""; // gone in the meantime
  }
};

test("of a bench that is ended by Ctrl-C nothing is left", async () => {
  const run = Bun.spawn([process.execPath, RUN, "long-stop", "--smoke"], { stdout: "ignore", stderr: "pipe" });
  const started = () => markedProcesses(`${run.pid}-long-stop`, BENCH_MARK);
  const isStarted = (program: string) => started().some((pid) => commandOf(pid).includes(program));
  await waitFor("supervisord and the hub to be started", () => isStarted("supervisord") && isStarted("hub"), 30_000);
  run.kill("SIGINT");
  expect(await run.exited).toBe(130);
  expect(started()).toEqual([]);
  expect(await new Response(run.stderr).text()).toContain("Failed: long-stop");
});

test("a bench that nobody knows is told with those that there are", async () => {
  const run = Bun.spawn([process.execPath, RUN, "sock"], { stdout: "ignore", stderr: "pipe" });
  expect(await run.exited).toBe(2);
  expect(await new Response(run.stderr).text()).toMatch(/^No bench is called sock; there are agent, .*soak/);
});
