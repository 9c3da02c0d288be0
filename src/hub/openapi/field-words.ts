import type { TSchema } from "@sinclair/typebox";

/** What is said of fields that mean the same wherever they stand; a route that means something else says so itself. */
const FIELD_WORDS: Readonly<Record<string, string>> = {
  uid: "supervisor:group:name; exact, or a pattern: lid001:PLC:*",
  supervisor: "name as in the configuration; exact, or a pattern",
  group: "name; exact, or a pattern",
  process: "name without its group; exact, or a pattern",
  state: "states entered, separated by commas: FATAL,BACKOFF",
  kind: "kinds, separated by commas, or all: transition, gap, supervisor, link, group, command",
  cause: "causes, separated by commas: user, host, autorestart, supervisord_start, supervisord_stop, crash, exit",
  expected: "true or false: ends that were, or were not, among the exitcodes",
  text: "words that stand in what was written down, in any case",
  from: "epoch milliseconds or ISO 8601, of the host's clock",
  to: "epoch milliseconds or ISO 8601, of the host's clock; now, if not said",
  limit: "how many at most",
  cursor: "`next` of the page before",
  format: "json, csv or ndjson: all of it as a file",
  by: "process, group or supervisor",
  width: "in how many parts the time is told at most; what is shorter is joined",
  signal: "HUP, SIGHUP, or a number",
  chars: "the text as it is, line ends and all",
  username: "of [global] or of a [user:NAME]",
  password: "in plain text: over TLS",
};

/** Parts of paths. */
export const PATH_WORDS: Readonly<Record<string, string>> = {
  uid: "supervisor:group:name, as /api/process/list has it",
  name: "of a supervisor, as in the configuration",
  channel: "out or err",
  id: "of an action, as its answer names it",
};

type Fields = { readonly properties: Readonly<Record<string, object>> };

/** Every field with words to it. @param schema of a query or of a body */
export function withWords(schema: TSchema): TSchema {
  const { properties, ...rest } = plain(schema) as TSchema & Fields;
  const described = Object.entries(properties).map(([name, field]) => [
    name,
    { ...(name in FIELD_WORDS && { description: FIELD_WORDS[name] }), ...field },
  ]);
  return { ...rest, properties: Object.fromEntries(described) };
}

/** Without what TypeBox keeps beside JSON Schema. */
export const plain = (schema: unknown): unknown => JSON.parse(JSON.stringify(schema));
