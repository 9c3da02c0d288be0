import { type ArgsDef, parseArgs } from "citty";
import { MultivisorError } from "../../domain/errors.ts";
import { nearest } from "../../lib/nearest.ts";
import { findMisuse } from "../../lib/strict-command.ts";
import type { CliContext } from "../cli-command.ts";
import { COMMANDS } from "../commands.ts";
import { GLOBAL_ARGS, outputOf } from "../global-args.ts";
import { runCliCommand } from "../run-cli-command.ts";

/** How the commands may be called besides. */
const ALIASES: Readonly<Record<string, string>> = { "?": "help", refresh: "refresh-status" };

/**
 * The words of one line at the prompt.
 * @returns exit code, which nobody asks for but the tests
 * @throws MultivisorError BAD_CONFIG for a mistaken line; whatever the command throws
 */
export async function runLine(context: CliContext, words: readonly string[]): Promise<number> {
  const [typed = "", ...rest] = words;
  const name = ALIASES[typed] ?? typed;
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) {
    const meant = nearest(name, Object.keys(COMMANDS));
    throw new MultivisorError(
      "BAD_CONFIG",
      `unknown command "${name}": ${meant === null ? "see help" : `did you mean "${meant}"?`}`,
    );
  }
  const command = await load();
  if (rest.includes("--help") || rest.includes("-h")) return runLine(context, ["help", name]);
  const { url: _, "token-file": __, ...globals } = GLOBAL_ARGS;
  const args: ArgsDef = { ...globals, ...command.args };
  const misuse = findMisuse(args, rest, command.words.most > 0);
  if (misuse !== null) throw new MultivisorError("BAD_CONFIG", misuse);
  const parsed = parseArgs(rest, args) as { _: string[]; output?: string; json?: boolean; color?: boolean };
  const colour = context.terminal.colour && parsed.color !== false;
  const own = { ...context, output: outputOf(parsed), terminal: { ...context.terminal, colour } };
  return runCliCommand(command, own, parsed, parsed._);
}
