import { formatAge } from "../age.ts";
import { hubNow } from "./hub-clock.ts";
import { base, byId } from "./page.ts";

type Notice = {
  /** whose: the same key is one line with a count */
  readonly key: string;
  readonly words: string;
  readonly path: string;
  readonly bad: boolean;
  /** hub's clock */
  readonly atMs: number;
};
type Kept = Notice & { readonly count: number; readonly seen: boolean };

const STORE = "multivisor-notices";
const MOST = 60;

let kept: Kept[] = [];
const title = document.title;

/** For this tab alone, over its pages. Storage may be forbidden; then they live as long as the page. */
function load(): void {
  try {
    kept = JSON.parse(sessionStorage.getItem(STORE) ?? "[]") as Kept[];
  } catch {
    kept = [];
  }
}

function store(): void {
  try {
    sessionStorage.setItem(STORE, JSON.stringify(kept));
  } catch {
    // kept for this page only
  }
}

function line({ words, path, bad, atMs, count }: Kept): HTMLElement {
  const item = document.createElement("li");
  item.className = bad ? "notice bad" : "notice";
  const link = document.createElement("a");
  link.href = base() + path;
  link.textContent = count > 1 ? `${words}, ${count} times` : words;
  const age = document.createElement("span");
  age.className = "notice-age";
  age.textContent = formatAge(hubNow() - atMs);
  item.append(link, age);
  return item;
}

function show(): void {
  const unseen = kept.filter(({ seen }) => !seen);
  const bad = unseen.filter(({ bad: is }) => is).length;
  const bell = byId("bell");
  const words = unseen.length === 0 ? "Notifications" : `Notifications, ${unseen.length} new`;
  bell.setAttribute("aria-label", words);
  bell.title = words;
  byId("bell-count").textContent = unseen.length === 0 ? "" : unseen.length > 99 ? "99+" : String(unseen.length);
  bell.toggleAttribute("data-bad", bad > 0);
  document.title = bad > 0 ? `(${bad}) ${title}` : title;
  if (byId("notices").matches(":popover-open")) fill();
}

function fill(): void {
  byId("notices-list").replaceChildren(...kept.map(line));
  byId("notices-none").hidden = kept.length > 0;
}

function take(notices: readonly Notice[]): void {
  for (const notice of notices) {
    const before = kept.find(({ key }) => key === notice.key);
    const one = { ...notice, count: (before?.count ?? 0) + 1, seen: false };
    kept = [one, ...kept.filter(({ key }) => key !== notice.key)].slice(0, MOST);
  }
  store();
  show();
}

/** A quiet list behind a bell: what flaps is one line with a count, and nothing pops up. */
export function startNotices(): void {
  load();
  show();
  byId("stream").addEventListener("notices", (event) => {
    take(JSON.parse((event as CustomEvent<{ data: string }>).detail.data) as Notice[]);
  });
  byId("notices").addEventListener("toggle", (event) => {
    if ((event as ToggleEvent).newState === "open") fill();
    else {
      kept = kept.map((one) => ({ ...one, seen: true }));
      store();
      show();
    }
  });
  byId("notices-clear").addEventListener("click", () => {
    kept = [];
    store();
    fill();
    show();
  });
}
