import type { ArgDef, ArgsDef, CommandDef } from "citty";
import { nearest } from "./nearest.ts";

/** A citty command that may take more words than its positionals; `rest` says what they are. */
export type StrictCommand<T extends ArgsDef = ArgsDef> = CommandDef<T> & {
  readonly rest?: { readonly name: string; readonly description: string };
};

/** Like citty's defineCommand, for commands with `rest`: the further words are in `args._`. */
export const defineStrictCommand = <const T extends ArgsDef>(command: StrictCommand<T>): StrictCommand<T> => command;

type Flag = { readonly kind: "boolean" | "string"; readonly options: readonly string[] | null };

const aliasesOf = (arg: ArgDef): string[] => ("alias" in arg ? [arg.alias ?? []].flat() : []);

/** `--name` and `-a` of all arguments and their aliases. */
function flagsOf(args: ArgsDef): Map<string, Flag> {
  const flags = new Map<string, Flag>([
    ["--help", { kind: "boolean", options: null }],
    ["--version", { kind: "boolean", options: null }],
  ]);
  for (const [name, arg] of Object.entries(args)) {
    if (arg.type === "positional") continue;
    const options = arg.type === "enum" ? (arg.options ?? null) : null;
    const flag: Flag = { kind: arg.type === "boolean" || arg.type === undefined ? "boolean" : "string", options };
    for (const alias of [name, ...aliasesOf(arg)]) flags.set(`${alias.length === 1 ? "-" : "--"}${alias}`, flag);
    if (flag.kind === "boolean") flags.set(`--no-${name}`, flag);
  }
  return flags;
}

/** `--name=value` in two; `-cFILE` too, where `-c` takes a value. */
function splitFlag(word: string, flags: ReadonlyMap<string, Flag>): { name: string; inline: string | null } {
  const equals = word.indexOf("=");
  if (equals > 0) return { name: word.slice(0, equals), inline: word.slice(equals + 1) };
  const short = word.slice(0, 2);
  const glued = !word.startsWith("--") && word.length > 2 && flags.get(short)?.kind === "string";
  return glued ? { name: short, inline: word.slice(2) } : { name: word, inline: null };
}

/** What is wrong with a flag that is known. */
function misusedValue(name: string, flag: Flag, value: string | null): string | null {
  if (flag.kind === "boolean")
    return value === null || value === "true" || value === "false" ? null : `${name} takes no value`;
  if (value === null || value === "") return `${name} needs a value`;
  if (flag.options !== null && !flag.options.includes(value))
    return `${name} is one of ${flag.options.join(", ")}, not "${value}"`;
  return null;
}

function unknownFlag(name: string, flags: ReadonlyMap<string, Flag>): string {
  if (/^-\d+$/.test(name) && flags.has("-n")) return `unknown option ${name}: did you mean -n ${name.slice(1)}?`;
  const long = [...flags.keys()].filter((flag) => flag.startsWith("--")).map((flag) => flag.slice(2));
  const meant = name.length > 2 ? nearest(name.replace(/^-+/, ""), long) : null;
  return `unknown option ${name}${meant === null ? "" : `: did you mean --${meant}?`}`;
}

/**
 * What a person got wrong on the command line, on one line; null where all is well. citty alone passes over unknown
 * flags, surplus words and flags without their value.
 */
export function findMisuse(args: ArgsDef, words: readonly string[], takesRest = false): string | null {
  const flags = flagsOf(args);
  const plain: string[] = [];
  const given = new Set<Flag>();
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    if (word === "--") {
      plain.push(...words.slice(i + 1));
      break;
    }
    if (!word.startsWith("-") || word === "-") {
      plain.push(word);
      continue;
    }
    const { name, inline } = splitFlag(word, flags);
    const flag = flags.get(name);
    if (flag === undefined) return unknownFlag(name, flags);
    given.add(flag);
    const next = words[i + 1];
    const takesNext = flag.kind === "string" && inline === null && next !== undefined && !/^-./.test(next);
    if (takesNext) i++;
    const misused = misusedValue(name, flag, takesNext ? next : inline);
    if (misused !== null) return misused;
  }
  return missingFlag(args, flags, given) ?? misusedWords(args, plain, takesRest);
}

function missingFlag(args: ArgsDef, flags: ReadonlyMap<string, Flag>, given: ReadonlySet<Flag>): string | null {
  for (const [name, arg] of Object.entries(args)) {
    const flag = flags.get(`${name.length === 1 ? "-" : "--"}${name}`);
    if (arg.type === "positional" || arg.required !== true || arg.default !== undefined || flag === undefined) continue;
    if (!given.has(flag)) return `--${name} is missing`;
  }
  return null;
}

function misusedWords(args: ArgsDef, words: readonly string[], takesRest: boolean): string | null {
  const positionals = Object.entries(args).filter(([, arg]) => arg.type === "positional");
  const needed = positionals.filter(([, arg]) => arg.required !== false && arg.default === undefined);
  const missing = needed[words.length]?.[0];
  if (missing !== undefined) return `${missing} is missing`;
  const surplus = words[positionals.length];
  return surplus === undefined || takesRest ? null : `unexpected word "${surplus}"`;
}
