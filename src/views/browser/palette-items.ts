import { groupFilter } from "../filter-value.ts";
import type { Action } from "../process-look.ts";
import { SUPERVISOR_ACTIONS } from "../supervisor-action.ts";
import { paletteTexts as texts } from "../texts/palette.ts";
import type { KnownWords } from "./filter-words.ts";
import type { Many } from "./many-targets.ts";

export type PaletteItem = {
  readonly words: string;
  /** what is chosen besides: whose, of which kind */
  readonly aside: string;
  readonly go:
    | { readonly path: string }
    | { readonly action: Action; readonly uid: string }
    | { readonly action: Action; readonly many: Many };
};

/** What there is to be found. */
export type Findable = Pick<KnownWords, "hosts" | "groups"> & {
  readonly uids: readonly string[];
  /** who may only look is offered nothing else */
  readonly mayAct: boolean;
};

const MOST = 40;
/** of groups and hosts, so that processes are seen as well */
const MOST_MANY = 6;

const PAGES: readonly PaletteItem[] = (
  [
    ["groups", "/"],
    ["supervisors", "/supervisors"],
    ["processes", "/processes"],
    ["history", "/history"],
    ["trouble", "/processes?filter=state%3Atrouble"],
  ] as const
).map(([page, path]) => ({ words: texts.pages[page], aside: texts.page, go: { path } }));

const VERBS: readonly Action[] = ["start", "restart", "stop"];

const processPath = (uid: string): string => `/process/${encodeURIComponent(uid)}`;

/** Best first: what begins with the word, then what holds it. */
function rank(name: string, word: string): number {
  const last = name.slice(name.lastIndexOf(":") + 1).toLowerCase();
  return last === word ? 0 : last.startsWith(word) ? 1 : last.includes(word) ? 2 : 3;
}

function find(names: readonly string[], words: readonly string[], most: number): string[] {
  const found = names.filter((name) => {
    const text = name.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const [first = ""] = words;
  return found
    .map((name, i) => ({ name, i, rank: rank(name, first) }))
    .sort((a, b) => a.rank - b.rank || a.i - b.i)
    .slice(0, most)
    .map(({ name }) => name);
}

/** A whole group or host stands after its processes where it was not named. */
const findMany = (names: readonly string[], words: readonly string[]): string[] =>
  words.length === 0 ? [] : find(names, words, MOST_MANY);

/** "stop eiger": a process, a whole group, all of a host. */
function acts(action: Action, rest: readonly string[], { uids, groups, hosts }: Findable): PaletteItem[] {
  const many = (of: Many["of"], names: readonly string[], words: (action: Action, name: string) => string) =>
    findMany(names, rest).map(
      (name): PaletteItem => ({ words: words(action, name), aside: texts[of], go: { action, many: { of, name } } }),
    );
  return [
    ...many("group", groups, texts.actOnGroup),
    ...many("supervisor", hosts, texts.actOnHost),
    ...find(uids, rest, MOST).map(
      (uid): PaletteItem => ({ words: texts.actOnProcess(action, uid), aside: texts.process, go: { action, uid } }),
    ),
  ];
}

/** "restart lid001": supervisord itself; asked for on its page. */
const supervisordActs = (verb: string, rest: readonly string[], { hosts }: Findable): PaletteItem[] =>
  SUPERVISOR_ACTIONS.filter((action) => action === verb).flatMap((action) =>
    findMany(hosts, rest).map((name) => ({
      words: texts.actOnSupervisord(action, name),
      aside: texts.supervisord,
      go: { path: `/supervisor/${encodeURIComponent(name)}?ask=${action}` },
    })),
  );

const logs = (rest: readonly string[], { uids }: Findable): PaletteItem[] =>
  find(uids, rest, MOST).map((uid) => ({
    words: texts.logOf(uid),
    aside: texts.log,
    go: { path: `${processPath(uid)}/log` },
  }));

const histories = (rest: readonly string[], { uids }: Findable): PaletteItem[] =>
  find(uids, rest, MOST).map((uid) => ({
    words: texts.historyOf(uid),
    aside: texts.pages.history,
    go: { path: `/history?${new URLSearchParams({ uid })}` },
  }));

function places(words: readonly string[], { uids, groups, hosts }: Findable): PaletteItem[] {
  return [
    ...PAGES.filter((item) => words.every((word) => item.words.toLowerCase().includes(word))),
    ...findMany(groups, words).map((name) => ({
      words: name,
      aside: texts.group,
      go: { path: `/?${new URLSearchParams({ filter: groupFilter(name) })}` },
    })),
    ...findMany(hosts, words).map((name) => ({
      words: name,
      aside: texts.supervisor,
      go: { path: `/supervisor/${encodeURIComponent(name)}` },
    })),
    ...find(uids, words, MOST).map((uid) => ({ words: uid, aside: texts.process, go: { path: processPath(uid) } })),
  ];
}

/** "eiger" leads to the process, "stop eiger" stops it, "log eiger" leads to its log. */
export function paletteItems(text: string, findable: Findable): PaletteItem[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const [verb = "", ...rest] = words;
  const action = VERBS.find((known) => known === verb);
  const offered = [
    ...(findable.mayAct && action !== undefined ? acts(action, rest, findable) : []),
    ...(findable.mayAct ? supervisordActs(verb, rest, findable) : []),
    ...(verb === "log" || verb === "logs" ? logs(rest, findable) : []),
    ...(verb === "history" && rest.length > 0 ? histories(rest, findable) : []),
  ];
  return (offered.length > 0 ? offered : places(words, findable)).slice(0, MOST);
}
