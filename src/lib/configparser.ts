/**
 * Reads what Python's configparser reads (RawConfigParser, its defaults): `key=value` and `key: value`, keys in any
 * case, lines of comment with `#` or `;`, values continued on lines that are indented deeper, `[DEFAULT]`. A `#` or `;`
 * inside a value belongs to it. Values come raw: see configparser-interpolation.ts for `%`.
 */
export type ConfigValue = {
  /** lower case */
  readonly key: string;
  readonly raw: string;
  /** of the key, from 1 */
  readonly line: number;
};

export type ConfigSection = {
  readonly name: string;
  /** of the header, from 1 */
  readonly line: number;
  /** its own, by key */
  readonly own: ReadonlyMap<string, ConfigValue>;
  /** its own, and those of [DEFAULT] that it does not set */
  readonly values: ReadonlyMap<string, ConfigValue>;
};

export type ConfigFile = {
  readonly defaults: ReadonlyMap<string, ConfigValue>;
  /** in the order of the file, without [DEFAULT] */
  readonly sections: readonly ConfigSection[];
};

export class ConfigSyntaxError extends Error {
  override readonly name = "ConfigSyntaxError";
  /** @param line from 1 */
  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message);
  }
}

/** What one line is, in the place where it stands. */
export type ConfigLine =
  | { readonly kind: "blank" | "comment" | "other" }
  | { readonly kind: "header"; readonly name: string }
  | { readonly kind: "value"; readonly key: string; readonly value: string }
  | { readonly kind: "continuation"; readonly value: string };

/**
 * Tells line by line what each is; kept apart from the parser because broken files too must be shown with secrets hidden.
 */
export function createLineReader(): (line: string) => ConfigLine {
  let indent = 0;
  let mayContinue = false;
  return (line) => {
    const text = line.trim();
    if (text === "") return { kind: "blank" };
    if (text.startsWith("#") || text.startsWith(";")) return { kind: "comment" };
    const ownIndent = line.length - line.trimStart().length;
    if (mayContinue && ownIndent > indent) return { kind: "continuation", value: text };
    indent = ownIndent;
    const read = headerOrValue(text);
    // A line that is neither leaves the value before it open, as in Python.
    mayContinue = read.kind === "value" || (mayContinue && read.kind === "other");
    return read;
  };
}

function headerOrValue(text: string): ConfigLine {
  const header = /^\[([^\]]+)\]/.exec(text)?.[1];
  if (header !== undefined) return { kind: "header", name: header };
  const at = text.search(/[=:]/);
  if (at <= 0) return { kind: "other" };
  return { kind: "value", key: text.slice(0, at).trimEnd().toLowerCase(), value: text.slice(at + 1).trim() };
}

export const splitLines = (text: string): string[] => text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);

type Draft = { readonly name: string; readonly line: number; readonly values: Map<string, DraftValue> };
type DraftValue = { readonly key: string; readonly lines: string[]; readonly line: number };

/** @throws ConfigSyntaxError */
export function parseConfig(text: string): ConfigFile {
  const defaults: Draft = { name: "DEFAULT", line: 0, values: new Map() };
  const drafts = new Map<string, Draft>();
  const readLine = createLineReader();
  let section: Draft | null = null;
  let open: DraftValue | null = null;
  for (const [index, source] of splitLines(text).entries()) {
    const line = index + 1;
    const read = readLine(source);
    if (read.kind === "blank") open?.lines.push("");
    else if (read.kind === "continuation") open?.lines.push(read.value);
    else if (read.kind === "header") {
      section = read.name === defaults.name ? defaults : newSection(drafts, read.name, line);
      open = null;
    } else if (read.kind !== "comment") {
      if (section === null)
        throw new ConfigSyntaxError(line, "a line before the first section; put it below a [section] header");
      open = newValue(section, read, source, line);
    }
  }
  const shared = finished(defaults);
  return {
    defaults: shared,
    sections: [...drafts.values()].map((draft) => {
      const own = finished(draft);
      return { name: draft.name, line: draft.line, own, values: new Map([...shared, ...own]) };
    }),
  };
}

function newSection(drafts: Map<string, Draft>, name: string, line: number): Draft {
  const first = drafts.get(name);
  if (first !== undefined)
    throw new ConfigSyntaxError(
      line,
      `section [${name}] is there twice, first in line ${first.line}; rename or remove one`,
    );
  const section = { name, line, values: new Map() };
  drafts.set(name, section);
  return section;
}

/** The text of a line that cannot be read is not repeated: it may be the rest of a password. */
function newValue(section: Draft, read: ConfigLine, source: string, line: number): DraftValue {
  if (read.kind !== "value") {
    const what = source.trim().startsWith("[") ? "the section header has no ]" : "neither a [section] nor key=value";
    throw new ConfigSyntaxError(line, `${what}; correct the line, or put a # in front of it`);
  }
  const first = section.values.get(read.key);
  if (first !== undefined)
    throw new ConfigSyntaxError(
      line,
      `"${read.key}" is set twice in [${section.name}], first in line ${first.line}; remove one`,
    );
  const value = { key: read.key, lines: [read.value], line };
  section.values.set(read.key, value);
  return value;
}

const finished = (draft: Draft): ReadonlyMap<string, ConfigValue> =>
  new Map(
    [...draft.values.values()].map(({ key, lines, line }) => [key, { key, raw: lines.join("\n").trimEnd(), line }]),
  );
