import type { Action } from "../process-look.ts";

export type PaletteItem = {
  readonly words: string;
  /** what is chosen besides: whose, of which kind */
  readonly aside: string;
  readonly go: { readonly path: string } | { readonly action: Action; readonly uid: string };
};

const MOST = 40;

const PAGES: readonly PaletteItem[] = [
  { words: "Groups", aside: "page", go: { path: "/" } },
  { words: "Supervisors", aside: "page", go: { path: "/supervisors" } },
  { words: "Processes", aside: "page", go: { path: "/processes" } },
  { words: "History", aside: "page", go: { path: "/history" } },
  { words: "Trouble", aside: "processes", go: { path: "/processes?filter=state%3Atrouble" } },
];

const VERBS: readonly Action[] = ["start", "restart", "stop"];

const processPath = (uid: string): string => `/process/${encodeURIComponent(uid)}`;

/** Best first: what begins with the word, then what holds it. */
function rank(uid: string, word: string): number {
  const name = uid.slice(uid.lastIndexOf(":") + 1).toLowerCase();
  return name === word ? 0 : name.startsWith(word) ? 1 : name.includes(word) ? 2 : 3;
}

function find(uids: readonly string[], words: readonly string[]): string[] {
  const found = uids.filter((uid) => {
    const text = uid.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const [first = ""] = words;
  return found
    .map((uid, i) => ({ uid, i, rank: rank(uid, first) }))
    .sort((a, b) => a.rank - b.rank || a.i - b.i)
    .slice(0, MOST)
    .map(({ uid }) => uid);
}

/** "eiger" leads to the process, "stop eiger" stops it, "log eiger" leads to its log. */
export function paletteItems(text: string, uids: readonly string[]): PaletteItem[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const [verb = "", ...rest] = words;
  const action = VERBS.find((known) => known === verb);
  if (action !== undefined)
    return find(uids, rest).map((uid) => ({ words: `${verb} ${uid}`, aside: "action", go: { action, uid } }));
  if (verb === "log")
    return find(uids, rest).map((uid) => ({
      words: `log ${uid}`,
      aside: "log",
      go: { path: `${processPath(uid)}/log` },
    }));
  const pages = PAGES.filter((item) => words.every((word) => item.words.toLowerCase().includes(word)));
  const processes = find(uids, words).map(
    (uid): PaletteItem => ({ words: uid, aside: "process", go: { path: processPath(uid) } }),
  );
  return [...pages, ...processes].slice(0, MOST);
}
