import { expect, test } from "bun:test";
import { MultivisorError } from "../domain/errors.ts";
import { createLogger } from "../lib/logger.ts";
import { tellOddAnswers } from "./tell-odd-answers.ts";

function scene() {
  const lines: string[] = [];
  const clock = { ms: 0 };
  let next: Error | null = null;
  const rpc = tellOddAnswers(
    () => (next === null ? Promise.resolve(true) : Promise.reject(next)),
    createLogger("INFO", (line) => lines.push(line.slice(25).trimEnd())),
    () => clock.ms,
  );
  const ask = async (error: Error | null) => {
    next = error;
    await rpc("supervisor.getPID").catch(() => {});
  };
  return { lines, clock, ask };
}

const garbage = new MultivisorError("BAD_WIRE", "Cannot read the answer of supervisord");
const refused = new MultivisorError("NOT_RUNNING", "NOT_RUNNING: web");

test("that answers cannot be read is said once, and so is the first that can", async () => {
  const { lines, ask } = scene();
  for (const error of [null, garbage, garbage, refused, garbage, null, null]) await ask(error);
  expect(lines).toEqual(["WARN Cannot read the answer of supervisord", "INFO supervisord answers"]);
});

test("answers that turn bad again and again are told of every 10 s at most", async () => {
  const { lines, clock, ask } = scene();
  for (clock.ms = 0; clock.ms < 20_000; clock.ms += 500) {
    await ask(garbage);
    await ask(null);
  }
  expect(lines.filter((line) => line.startsWith("WARN"))).toHaveLength(2);
});

test("what supervisord refuses is nothing odd", async () => {
  const { lines, ask } = scene();
  await ask(refused);
  expect(lines).toEqual([]);
});
