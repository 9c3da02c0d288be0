import { parseUid } from "../../domain/names.ts";
import { PROCESS_STATE_NAMES } from "../../domain/states.ts";
import type { LinkStatus } from "../../domain/supervisor.ts";
import { filterValue } from "../filter-value.ts";
import { filterTexts } from "../texts/overlays.ts";

type Field = readonly [name: string, words: string];

/** What may be asked for, and what the fleet holds of it. */
export type KnownWords = {
  readonly fields: readonly Field[];
  readonly states: readonly string[];
  readonly hosts: readonly string[];
  readonly groups: readonly string[];
  readonly names: readonly string[];
};

export type Completion = {
  /** as it stands in the list */
  readonly label: string;
  /** what kind of thing it is */
  readonly aside: string;
  /** the whole text with it, and where the caret is then */
  readonly text: string;
  readonly caret: number;
};

const MOST = 12;

const STATE: Field = ["state:", filterTexts.state];
const HOST: Field = ["host:", filterTexts.host];
const FIELDS: readonly Field[] = [STATE, ["group:", filterTexts.group], HOST, ["name:", filterTexts.name]];

const STATES = ["trouble", ...PROCESS_STATE_NAMES.map((state) => state.toLowerCase())];

export function knownWords(uids: readonly string[]): KnownWords {
  const [hosts, groups, names] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const uid of uids) {
    const parts = parseUid(uid);
    if (parts === null) continue;
    hosts.add(parts.supervisor);
    groups.add(parts.group);
    names.add(parts.name);
  }
  const sorted = (words: ReadonlySet<string>) => [...words].sort();
  return { fields: FIELDS, states: STATES, hosts: sorted(hosts), groups: sorted(groups), names: sorted(names) };
}

const LINK_STATES: readonly LinkStatus[] = ["down", "connecting", "live"];

/** On the list of supervisors. */
export const supervisorWords = (names: readonly string[]): KnownWords => ({
  ...{ fields: [STATE, HOST], states: LINK_STATES },
  ...{ hosts: [...names].sort(), groups: [], names: [] },
});

/** Where the word begins in which the caret stands; quotes hold a word together. */
function wordAt(text: string, caret: number): string {
  const before = text.slice(0, caret);
  return /(?:[^\s"]|"[^"]*"?)*$/.exec(before)?.[0] ?? "";
}

/** What stands before the alternative that is being typed: `state:fatal,` of `state:fatal,back`. */
const beforeLast = (values: string): string => /^(?:(?:"[^"]*"|[^",])*,)*/.exec(values)?.[0] ?? "";

const valuesOf = (field: string, known: KnownWords): readonly string[] | null => {
  switch (field) {
    case "state":
      return known.states;
    case "group":
      return known.groups;
    case "host":
    case "supervisor":
      return known.hosts;
    case "name":
    case "process":
      return known.names;
    default:
      return null;
  }
};

const soughtIn = (typed: string): string => typed.replaceAll('"', "").toLowerCase();

/** What begins with the typed part comes first. */
function matching(values: readonly string[], sought: string): string[] {
  const found = values.filter((value) => value.toLowerCase().includes(sought));
  return [
    ...found.filter((value) => value.toLowerCase().startsWith(sought)),
    ...found.filter((value) => !value.toLowerCase().startsWith(sought)),
  ];
}

/** What may stand where the caret is, best first. */
export function completions(text: string, caret: number, known: KnownWords): Completion[] {
  const word = wordAt(text, caret);
  const minus = word.startsWith("-") ? "-" : "";
  const bare = word.slice(minus.length);
  const colon = bare.indexOf(":");
  const make = (label: string, aside: string, put: string, isWhole: boolean): Completion => {
    const begin = text.slice(0, caret - word.length) + minus + put + (isWhole ? " " : "");
    return { label: minus + label, aside, text: begin + text.slice(caret).trimStart(), caret: begin.length };
  };
  const field = colon < 0 ? "" : bare.slice(0, colon).toLowerCase();
  const values = colon < 0 ? null : valuesOf(field, known);
  if (values !== null) {
    const typed = bare.slice(colon + 1);
    const before = beforeLast(typed);
    const sought = soughtIn(typed.slice(before.length));
    return matching(values, sought)
      .filter((value) => value.toLowerCase() !== sought)
      .slice(0, MOST)
      .map((value) => make(value, field, `${field}:${before}${filterValue(value)}`, true));
  }
  const fields = known.fields
    .filter(([name]) => name.startsWith(bare.toLowerCase()))
    .map(([name, words]) => make(name, words, name, false));
  if (bare === "") return fields;
  const of = (kind: string, all: readonly string[]) =>
    matching(all, soughtIn(bare)).map((value) => make(value, kind, `${kind}:${filterValue(value)}`, true));
  return [...fields, ...of("group", known.groups), ...of("host", known.hosts), ...of("name", known.names)].slice(
    0,
    MOST,
  );
}
