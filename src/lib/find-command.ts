import type { ArgsDef, CommandDef } from "citty";
import { nearest } from "./nearest.ts";
import type { StrictCommand } from "./strict-command.ts";

type Resolvable<T> = T | Promise<T> | (() => T) | (() => Promise<T>);

const resolve = <T>(value: Resolvable<T>): T | Promise<T> =>
  typeof value === "function" ? (value as () => T | Promise<T>)() : value;

export const argsOf = async (command: CommandDef): Promise<ArgsDef> => (await resolve(command.args ?? {})) as ArgsDef;

const nameOf = async (command: CommandDef): Promise<string> => (await resolve(command.meta ?? {})).name ?? "";

export type FoundCommand = {
  readonly command: StrictCommand;
  /** names from the root to the one above `command`, for the usage text */
  readonly path: readonly string[];
  /** what is left for the command: flags that stood before its name come first */
  readonly words: string[];
  /** a word where a subcommand was expected, and the one that was meant; null where all is well */
  readonly unknown: { readonly word: string; readonly meant: string | null } | null;
};

/** Follows the words down the tree and loads no more than the commands on the way. */
export async function findCommand(root: CommandDef, rootWords: readonly string[]): Promise<FoundCommand> {
  let command = root;
  const path: string[] = [];
  let words = [...rootWords];
  while (command.subCommands !== undefined) {
    const subCommands = await resolve(command.subCommands);
    const at = indexOfFirstWord(words, await argsOf(command));
    const word = words[at];
    if (word === undefined) break;
    const next = Object.hasOwn(subCommands, word) ? subCommands[word] : undefined;
    if (next === undefined)
      return { command, path, words, unknown: { word, meant: nearest(word, Object.keys(subCommands)) } };
    words = [...words.slice(0, at), ...words.slice(at + 1)];
    path.push(await nameOf(command));
    command = (await resolve(next)) as CommandDef;
  }
  return { command, path, words, unknown: null };
}

/** The first word that is neither a flag nor the value of one. @returns -1 where there is none */
function indexOfFirstWord(words: readonly string[], args: ArgsDef): number {
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    if (word === "--") return -1;
    if (!word.startsWith("-")) return i;
    if (takesNextWord(word, args)) i++;
  }
  return -1;
}

const takesNextWord = (flag: string, args: ArgsDef): boolean =>
  Object.entries(args).some(
    ([name, arg]) =>
      (arg.type === "string" || arg.type === "enum") &&
      [name, ...[arg.alias ?? []].flat()].includes(flag.replace(/^--?/, "")),
  );
