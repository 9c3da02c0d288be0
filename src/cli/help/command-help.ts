import type { ArgDef } from "citty";
import type { CliCommand } from "../cli-command.ts";
import { wrap } from "./wrap.ts";

const WIDTH = 110;

/** `-n, --limit NUMBER`; of a boolean that is meant to be switched off, `--no-wait` */
export function flagWords(name: string, arg: ArgDef): string {
  const description = arg.description ?? "";
  const negative = /^--no-[a-z-]+/.exec(description)?.[0];
  if (negative !== undefined) return negative;
  const aliases = "alias" in arg ? [arg.alias ?? []].flat() : [];
  const all = [name, ...aliases]
    .sort((a, b) => a.length - b.length)
    .map((one) => (one.length === 1 ? `-${one}` : `--${one}`));
  const hint =
    arg.type === "enum" ? (arg.options ?? []).join("|") : arg.type === "string" ? (arg.valueHint ?? "TEXT") : "";
  return `${all.join(", ")} ${hint}`.trim();
}

export const flagText = (arg: ArgDef): string => {
  const text = (arg.description ?? "").replace(/^--no-[a-z-]+: (.)/, (_, letter: string) => letter.toUpperCase());
  return arg.default === undefined ? text : `${text} (default ${arg.default})`;
};

export const usageOf = ({ name, args, words }: CliCommand): string =>
  [name, Object.keys(args).length > 0 ? "[OPTIONS]" : "", words.usage].filter((part) => part !== "").join(" ");

/** What `help COMMAND` prints, lines. */
export function commandHelp(command: CliCommand): string[] {
  const flags = Object.entries(command.args).map(([name, arg]) => [flagWords(name, arg), flagText(arg)] as const);
  const codes = command.exitCodes.map(([code, text]) => [String(code), text] as const);
  return [
    usageOf(command),
    "",
    ...[`${command.summary}.`, ...command.details].flatMap((text) => wrap(text, WIDTH)),
    ...section("Options", flags),
    ...section("Exit codes", codes),
    ...(command.examples.length === 0 ? [] : ["", "Examples", ...command.examples.map((line) => `  ${line}`)]),
  ];
}

function section(title: string, rows: readonly (readonly [string, string])[]): string[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([left]) => left.length));
  return ["", title, ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)];
}
