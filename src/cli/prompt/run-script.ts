import { createInterface } from "node:readline";
import { MultivisorError, messageOf } from "../../domain/errors.ts";
import { printable } from "../../lib/printable.ts";
import type { CliContext } from "../cli-command.ts";
import { checkStages, openPipe } from "./pipe.ts";
import { runLine } from "./run-line.ts";
import { splitLine } from "./split-words.ts";

/** Lines of stdin where nobody sits at it: `multivisor cli < commands.txt`. @returns 0, as supervisorctl's own loop */
export async function runScript(context: CliContext): Promise<number> {
  for await (const line of createInterface({ input: process.stdin })) {
    const { stages, open } = splitLine(line);
    const [words = [], ...others] = stages.map((stage) => stage.map(({ text }) => text));
    if (words.length === 0 || words[0]?.startsWith("#")) continue;
    if (words[0] === "exit" || words[0] === "quit") break;
    try {
      if (open !== null) throw new MultivisorError("BAD_CONFIG", `the quote ${open} is not closed: ${line}`);
      await runStages(context, words, others);
    } catch (error) {
      if (!(error instanceof MultivisorError)) throw error;
      context.err(`multivisor: ${printable(messageOf(error))}`);
    }
  }
  return 0;
}

async function runStages(context: CliContext, words: readonly string[], stages: readonly (readonly string[])[]) {
  if (stages.length === 0) return runLine(context, words);
  checkStages(stages);
  const controller = new AbortController();
  const signal = AbortSignal.any([context.signal, controller.signal]);
  const pipe = openPipe(stages, { signal: context.signal, onGone: () => controller.abort() });
  return runLine({ ...context, signal, out: pipe.out }, words).finally(pipe.end);
}
