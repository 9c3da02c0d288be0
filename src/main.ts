import { existsSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { calledAs } from "./called-as.ts";
import { MultivisorError, messageOf } from "./domain/errors.ts";
import { EXIT_BUG, EXIT_CODE } from "./exit-code.ts";
import { printable } from "./lib/printable.ts";
import { writeOut } from "./lib/write-out.ts";
import { multivisor, runProgram } from "./program.ts";

const words = calledAs(process.argv0, process.argv.slice(2), existsSync);
const isDebugging = /(^| )--log-level[ =]DEBUG( |$)/.test(words.join(" "));

/** One line for people; where the mistake is ours, also how to find it. @returns exit code */
function report(error: unknown): number {
  const isOurs = !(error instanceof MultivisorError);
  const hint = isOurs && !isDebugging ? " (this is a bug: --log-level DEBUG says where)" : "";
  process.stderr.write(`multivisor: ${printable(messageOf(error))}${hint}\n`);
  if (isOurs && isDebugging && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return isOurs ? EXIT_BUG : EXIT_CODE[error.code];
}

process.on("uncaughtException", (error) => process.exit(report(error)));
process.on("unhandledRejection", (error) => process.exit(report(error)));

const print = (text: string) => writeOut(process.stdout.isTTY ? text : stripVTControlCharacters(text));
process.exit(await runProgram(multivisor, words, print).catch(report));
