import { formatAge } from "../age.ts";
import { noticeTexts as texts } from "../texts/notices.ts";
import { hubNow } from "./hub-clock.ts";
import { base, byId } from "./page.ts";

type Notice = {
  readonly id: number;
  /** whose: the same key is one line with a count */
  readonly key: string;
  readonly words: string;
  readonly path: string;
  readonly level: "bad" | "warn" | "good";
  /** hub's clock */
  readonly atMs: number;
  readonly count: number;
};

/** A tab that is not looked at has no stream, and is the one whose title is read. */
const HIDDEN_MS = 20_000;
const SHAPE = { bad: "bad", warn: "backoff", good: "running" } as const;

const title = document.title;
/** newest first */
let known: readonly Notice[] = [];

/** A mark that all tabs share: the id of the last notice that was seen, or put away. Forbidden: of this page alone. */
function sharedMark(name: string) {
  let own: number | null = null;
  return {
    get(): number | null {
      try {
        const text = localStorage.getItem(name);
        return text === null ? own : Number(text);
      } catch {
        return own;
      }
    },
    set(id: number) {
      own = id;
      try {
        localStorage.setItem(name, String(id));
      } catch {
        // of this page alone
      }
    },
  };
}

const seen = sharedMark("multivisor-notices-seen");
const cleared = sharedMark("multivisor-notices-cleared");

const shown = (): Notice[] => known.filter(({ id }) => id > (cleared.get() ?? 0));

function lineOf({ id, words, path, level, atMs, count }: Notice): HTMLElement {
  const item = document.createElement("li");
  item.className = "notice";
  item.toggleAttribute("data-new", id > (seen.get() ?? 0));
  const shape = document.createElement("span");
  shape.className = `shape ${SHAPE[level]}`;
  shape.setAttribute("role", "img");
  shape.setAttribute("aria-label", texts.levels[level]);
  const link = document.createElement("a");
  link.href = base() + path;
  link.textContent = texts.times(words, count);
  const age = document.createElement("span");
  age.className = "notice-age";
  age.textContent = formatAge(hubNow() - atMs);
  item.append(shape, link, age);
  return item;
}

function showList(): void {
  const lines = shown();
  byId("notices-list").replaceChildren(...lines.map(lineOf));
  byId("notices-none").hidden = lines.length > 0;
}

const isOpen = (): boolean => byId("notices").matches(":popover-open");

function show(): void {
  const unseen = shown().filter(({ id }) => id > (seen.get() ?? 0));
  const bad = unseen.filter(({ level }) => level === "bad").length;
  const bell = byId("bell");
  bell.setAttribute("aria-label", texts.unseen(unseen.length));
  bell.title = texts.unseen(unseen.length);
  byId("bell-count").textContent = unseen.length === 0 ? "" : unseen.length > 99 ? "99+" : String(unseen.length);
  bell.toggleAttribute("data-bad", bad > 0);
  document.title = bad > 0 ? `(${bad}) ${title}` : title;
  if (isOpen()) showList();
}

const newest = (): number => known.reduce((last, { id }) => Math.max(last, id), 0);

function take(all: readonly Notice[]): void {
  known = all.toSorted((a, b) => b.id - a.id);
  // Who comes for the first time has missed nothing.
  if (seen.get() === null) seen.set(newest());
  show();
}

/** What came while nobody listened is there too. */
async function fetchAll(): Promise<void> {
  const response = await fetch(`${base()}/live/notices`).catch(() => null);
  if (response?.ok) take((await response.json()) as Notice[]);
}

function merge(fresh: readonly Notice[]): void {
  const keys = new Set(fresh.map(({ key }) => key));
  take([...fresh, ...known.filter(({ key }) => !keys.has(key))]);
}

/** A quiet list behind a bell: what flaps is one line with a count, and nothing pops up. */
export function startNotices(): void {
  const stream = byId("stream");
  stream.addEventListener("notices", (event) =>
    merge(JSON.parse((event as CustomEvent<{ data: string }>).detail.data) as Notice[]),
  );
  stream.addEventListener("htmx:sse:after:connection", () => void fetchAll());
  setInterval(() => {
    if (document.hidden) void fetchAll();
  }, HIDDEN_MS);
  // Another tab has seen them.
  window.addEventListener("storage", show);
  byId("notices").addEventListener("toggle", (event) => {
    if ((event as ToggleEvent).newState === "open") return showList();
    seen.set(newest());
    show();
  });
  byId("notices-clear").addEventListener("click", () => {
    cleared.set(newest());
    seen.set(newest());
    show();
  });
}
