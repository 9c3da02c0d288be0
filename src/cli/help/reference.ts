import type { TSchema } from "@sinclair/typebox";
import type { ArgDef } from "citty";
import type { CliCommand } from "../cli-command.ts";
import { GLOBAL_ARGS } from "../global-args.ts";
import { OUTPUT_SCHEMAS } from "../output-schemas.ts";
import { flagText, flagWords, usageOf } from "./command-help.ts";
import { TOPICS } from "./topics.ts";

/** docs/cli.md, out of the definitions of the commands. */
export function reference(commands: readonly CliCommand[]): string {
  const parts = [
    "# The command line",
    "<!-- Made by `npm run docs` out of src/cli; changes made here are lost. -->",
    "`multivisor cli` asks a hub, for people and for scripts: one command a line, or a prompt where no command is given. Called by the name `multivisor-cli` (a link) it is the same.",
    "    multivisor cli [--url URL] [--token-file PATH] [--output FORMAT | --json] [--no-color] COMMAND …",
    flagTable(GLOBAL_ARGS),
    ...Object.values(TOPICS).map(({ title, lines }) => `## ${title}\n\n${block(lines)}`),
    "![A session at the prompt](images/prompt.svg)",
    "## Commands",
    commands.map(({ name, summary }) => `- [\`${name}\`](#${name}) ${summary}`).join("\n"),
    ...commands.map(chapter),
  ];
  return `${parts.join("\n\n")}\n`;
}

const block = (lines: readonly string[]): string => `\`\`\`text\n${lines.join("\n")}\n\`\`\``;

const cell = (text: string): string => text.replaceAll("|", "\\|");

const flagTable = (args: Readonly<Record<string, ArgDef>>): string =>
  table(
    ["option", ""],
    Object.entries(args).map(([name, arg]) => [
      `\`${name === "color" ? "--no-color" : flagWords(name, arg)}\``,
      flagText(arg),
    ]),
  );

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");

function chapter(command: CliCommand): string {
  const { name, summary, details, args, exitCodes, examples } = command;
  const shape = OUTPUT_SCHEMAS[name];
  return [
    `### ${name}`,
    `    multivisor cli ${usageOf(command)}`,
    [`${summary}.`, ...details].join("\n\n"),
    ...(Object.keys(args).length === 0 ? [] : [flagTable(args)]),
    ...(exitCodes.length === 0
      ? []
      : [
          table(
            ["exit code", ""],
            exitCodes.map(([code, text]) => [String(code), text]),
          ),
        ]),
    ...(examples.length === 0 ? [] : [examples.map((line) => `    multivisor cli ${line}`).join("\n")]),
    ...(shape === undefined
      ? []
      : [
          `${shape.isLines ? "With `--json` or `--output ndjson`, one object a line" : "`--json`: an array of objects"}:`,
          table(["field", "type", ""], fieldsOf(shape.row)),
        ]),
  ].join("\n\n");
}

type Described = TSchema & {
  readonly type?: string;
  readonly const?: unknown;
  readonly anyOf?: readonly Described[];
  readonly items?: Described;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly required?: readonly string[];
};

const fieldsOf = (schema: Described): string[][] =>
  Object.entries(schema.properties ?? {}).map(([name, field]) => [
    `\`${name}\``,
    typeOf(field) + (schema.required?.includes(name) === true ? "" : ", may be absent"),
    field.description ?? field.anyOf?.find(({ description }) => description !== undefined)?.description ?? "",
  ]);

/** In words of JSON. */
function typeOf(schema: Described): string {
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeOf))].join(" or ");
  if (schema.const !== undefined) return `"${schema.const}"`;
  if (schema.type === "array" && schema.items !== undefined) return `array of ${typeOf(schema.items)}`;
  if (schema.properties !== undefined) return `object (${Object.keys(schema.properties).join(", ")})`;
  return schema.type ?? "any";
}
