import { createInterface } from "node:readline";
import { MultivisorError, messageOf } from "../../domain/errors.ts";
import { printable } from "../../lib/printable.ts";
import type { CliContext } from "../cli-command.ts";
import { runLine } from "./run-line.ts";
import { splitLine } from "./split-words.ts";

/** Lines of stdin where nobody sits at it: `multivisor cli < commands.txt`. @returns 0, as supervisorctl's own loop */
export async function runScript(context: CliContext): Promise<number> {
  for await (const line of createInterface({ input: process.stdin })) {
    const words = splitLine(line).stages[0]?.map(({ text }) => text) ?? [];
    if (words.length === 0 || words[0]?.startsWith("#")) continue;
    if (words[0] === "exit" || words[0] === "quit") break;
    try {
      await runLine(context, words);
    } catch (error) {
      if (!(error instanceof MultivisorError)) throw error;
      context.err(`multivisor: ${printable(messageOf(error))}`);
    }
  }
  return 0;
}
