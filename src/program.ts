import { type ArgsDef, type CommandDef, defineCommand, renderUsage, runCommand } from "citty";
import { MultivisorError } from "./domain/errors.ts";
import { VERSION } from "./lib/build-info.ts";
import { argsOf, findCommand } from "./lib/find-command.ts";
import { findMisuse, type StrictCommand } from "./lib/strict-command.ts";

/** Lazy: `multivisor cli` loads neither SQLite nor the pages. */
export const multivisor = defineCommand({
  meta: { name: "multivisor", version: VERSION, description: "Watch and control the supervisords of many hosts" },
  subCommands: {
    agent: () => import("./agent/command.ts").then((m) => m.agentCommand),
    hub: () => import("./hub/command.ts").then((m) => m.hubCommand),
    cli: () => import("./cli/command.ts").then((m) => m.cliCommand),
    demo: () => import("./demo/command.ts").then((m) => m.demoCommand),
    "search-log": () => import("./supervisord/logs/command.ts").then((m) => m.searchLogCommand),
  },
});

/** Up to a `--`, after which nothing is a flag. */
const hasFlag = (words: readonly string[], ...flags: string[]): boolean => {
  const end = words.indexOf("--");
  return words.slice(0, end < 0 ? undefined : end).some((word) => flags.includes(word));
};

/** citty's text, with the whole path of a nested command and with its rest. */
async function usage(command: StrictCommand, path: readonly string[]): Promise<string> {
  const { rest } = command;
  const words: ArgsDef =
    rest === undefined
      ? {}
      : { [`${rest.name}…`]: { type: "positional", required: false, description: rest.description } };
  const parent = { meta: { name: path.join(" "), version: VERSION } };
  return `${await renderUsage({ ...command, args: { ...(await argsOf(command)), ...words } }, parent)}\n`;
}

/**
 * Does what the words of the command line ask for.
 * @returns exit code; a command gives its own by returning a number from `run`
 * @throws MultivisorError BAD_CONFIG for a mistaken command line; whatever the command throws
 */
export async function runProgram(
  root: CommandDef,
  rootWords: readonly string[],
  print: (text: string) => Promise<void>,
): Promise<number> {
  const { command, path, words, unknown } = await findCommand(root, rootWords);
  if (unknown !== null) {
    const hint = unknown.meant === null ? "see multivisor --help" : `did you mean "${unknown.meant}"?`;
    throw new MultivisorError("BAD_CONFIG", `unknown command "${unknown.word}": ${hint}`);
  }
  if (hasFlag(words, "--version")) {
    await print(`${VERSION}\n`);
    return 0;
  }
  const asksForHelp = hasFlag(words, "--help", "-h");
  const misuse = asksForHelp ? null : findMisuse(await argsOf(command), words, command.rest !== undefined);
  if (misuse !== null) throw new MultivisorError("BAD_CONFIG", misuse);
  if (asksForHelp || command.run === undefined) {
    await print(await usage(command, path));
    return 0;
  }
  const { result } = await runCommand(command, { rawArgs: words });
  return typeof result === "number" ? result : 0;
}
