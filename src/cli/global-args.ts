import type { ArgsDef } from "citty";
import { OUTPUT_FORMATS, type OutputFormat } from "./output/output-format.ts";

/** Flags of every command. */
export const GLOBAL_ARGS: ArgsDef = {
  url: {
    type: "string",
    valueHint: "URL",
    description:
      "The hub: host:port or http(s)://[user:password@]host:port/path; else $MULTIVISOR_URL, else the one of `login`, else localhost:22000",
  },
  "token-file": { type: "string", valueHint: "PATH", description: "A file that holds a token of the hub" },
  output: {
    type: "enum",
    alias: "o",
    options: [...OUTPUT_FORMATS],
    description: "How to print; `wide` cuts nothing and has more columns",
  },
  json: { type: "boolean", description: "The same as --output json" },
  color: { type: "boolean", description: "Colours on a terminal; off with --no-color or NO_COLOR" },
};

export const outputOf = (args: { readonly output?: string | undefined; readonly json?: unknown }): OutputFormat =>
  args.json === true ? "json" : ((args.output as OutputFormat | undefined) ?? "table");
