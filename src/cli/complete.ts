import { isExactUid } from "../domain/pattern.ts";
import { printable } from "../lib/printable.ts";
import type { HubData } from "../protocol/hub.ts";
import type { CliCommand, Completes } from "./cli-command.ts";
import { COMMANDS } from "./commands.ts";
import { GLOBAL_ARGS } from "./global-args.ts";
import { TOPICS } from "./help/topics.ts";
import { knownProcesses } from "./select/known-fleet.ts";

/** What the hub knows, for completion. */
export type Names = { readonly uids: readonly string[]; readonly supervisors: readonly string[] };

/** Names that hold control characters cannot be typed, and must not reach the terminal. */
export function knownNames(data: HubData): Names {
  const isTypable = (name: string) => printable(name) === name;
  return {
    uids: knownProcesses(data).flatMap(({ uid }) => (isTypable(uid) ? uid : [])),
    supervisors: Object.keys(data.supervisors).filter(isTypable),
  };
}

const SIGNALS = ["HUP", "INT", "TERM", "KILL", "QUIT", "USR1", "USR2", "STOP", "CONT", "WINCH"];
export const SHELLS = ["bash", "zsh", "fish"] as const;

/**
 * What may stand where the last word is begun.
 * @param words of the line after `multivisor cli`, the last one as far as it is typed, maybe empty
 */
export async function candidates(words: readonly string[], names: () => Promise<Names>): Promise<string[]> {
  const last = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const at = before.findIndex((word, i) => !word.startsWith("-") && !takesValue(before[i - 1], GLOBAL_ARGS));
  const name = before[at];
  if (name === undefined) return last.startsWith("-") ? flagsOf({}) : Object.keys(COMMANDS);
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) return [];
  const command = await load();
  if (last.startsWith("-")) return flagsOf(command.args);
  if (takesValue(before.at(-1), { ...GLOBAL_ARGS, ...command.args })) return valuesOf(before.at(-1) ?? "", command);
  const plain = before
    .slice(at + 1)
    .filter((word, i, all) => !word.startsWith("-") && !takesValue(all[i - 1], command.args));
  const kinds = command.words.completes;
  return ofKind(kinds[Math.min(plain.length, kinds.length - 1)] ?? "nothing", names, last);
}

const flagsOf = (args: CliCommand["args"]): string[] =>
  Object.entries({ ...args, ...GLOBAL_ARGS }).map(([name, arg]) =>
    arg.description?.startsWith("--no-") || name === "color"
      ? `--no-${name}`
      : name.length === 1
        ? `-${name}`
        : `--${name}`,
  );

function takesValue(word: string | undefined, args: CliCommand["args"]): boolean {
  if (!word?.startsWith("-") || word.includes("=")) return false;
  return argOf(word, args)?.type === "string" || argOf(word, args)?.type === "enum";
}

function argOf(word: string, args: CliCommand["args"]) {
  const name = word.replace(/^--?/, "");
  return Object.entries(args).find(
    ([key, arg]) => key === name || ("alias" in arg && [arg.alias].flat().includes(name)),
  )?.[1];
}

function valuesOf(flag: string, command: CliCommand): string[] {
  const arg = argOf(flag, { ...GLOBAL_ARGS, ...command.args });
  if (arg?.type === "enum") return [...(arg.options ?? [])];
  return arg?.type === "string" && arg.valueHint === "STATE"
    ? ["RUNNING", "STOPPED", "EXITED", "FATAL", "BACKOFF", "STARTING", "STOPPING", "UNKNOWN"]
    : [];
}

async function ofKind(kind: Completes, names: () => Promise<Names>, word: string): Promise<string[]> {
  switch (kind) {
    case "process":
      return processWords(await names(), word);
    case "supervisor":
      return [...(await names()).supervisors, "all"];
    case "signal":
      return SIGNALS;
    case "topic":
      return [...Object.keys(COMMANDS), ...Object.keys(TOPICS)];
    case "shell":
      return [...SHELLS];
    case "group":
      return groupWords(await names(), word);
    case "nothing":
      return [];
  }
}

/** SUPERVISOR, and SUPERVISOR:GROUP once the supervisor is written */
function groupWords({ uids, supervisors }: Names, word: string): string[] {
  if (!word.includes(":")) return [...supervisors, ...supervisors.map((name) => `${name}:`), "all"];
  return [...new Set(uids.map((uid) => uid.slice(0, uid.indexOf(":", uid.indexOf(":") + 1))))];
}

const processWords = ({ uids, supervisors }: Names, word: string): string[] => [
  ...uids.filter((uid) => isExactUid(uid)),
  ...(word === "" || "all".startsWith(word) ? ["all"] : []),
  ...(word === "" ? [] : supervisors.map((name) => `${name}:*`)),
];
