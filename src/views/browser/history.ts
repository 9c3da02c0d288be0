import { startBrush } from "./brush.ts";
import { showLocalTimes } from "./local-times.ts";
import { byId } from "./page.ts";

/** One question at a time, and not more than one a second, however much happens. */
const PAUSE_MS = 1_000;
/** Older ones go from the end: the page stays light for days. */
const MOST_LINES = 1_000;

/** What is looked at, asked anew when there is news: the server's own filter decides what belongs to it. */
async function fetchPage(): Promise<Document | null> {
  const response = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
  if (response === null || !response.ok) return null;
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/** The picture goes on as well, but not under the hand of whoever brushes it. */
function bringPicture(page: Document): void {
  const [now, fresh] = [document.querySelector("#brush-field > svg"), page.querySelector("#brush-field > svg")];
  const isHeld = document.querySelector("[data-c-brushed]") !== null;
  if (now !== null && fresh !== null && !isHeld) now.replaceWith(document.adoptNode(fresh));
}

function bring(list: HTMLElement, fresh: readonly HTMLElement[]): void {
  const known = new Map([...list.children].map((line) => [line.id, line]));
  let place: Element | null = list.firstElementChild;
  for (const line of fresh) {
    const old = known.get(line.id);
    if (old === undefined) list.insertBefore(document.adoptNode(line), place);
    else {
      // What became known later: the reason of an end, what came of a command.
      const open = old.querySelector("details")?.open === true;
      if (textOf(old) !== textOf(line) && !open) {
        const next = document.adoptNode(line);
        old.replaceWith(next);
        place = next.nextElementSibling;
      } else place = old.nextElementSibling;
    }
  }
  while (list.children.length > MOST_LINES) list.lastElementChild?.remove();
  if (list.children.length > 0) document.getElementById("history-none")?.remove();
}

const textOf = (line: Element): string =>
  [...line.querySelectorAll(".because, .aside")].map((part) => part.textContent).join("|");

/**
 * New lines on top, as long as the page shows the newest.
 * @param everyMs asks also where no news come: not everything that is written down happens to the fleet
 */
export function startHistory(everyMs?: number): void {
  startFilterForm();
  startBrush();
  const list = byId("history");
  if (list.dataset.follows === undefined) return;
  let asked = 0;
  let busy = false;
  let again = false;
  const refresh = async () => {
    again = true;
    if (busy) return;
    busy = true;
    while (again) {
      await new Promise((done) => setTimeout(done, Math.max(0, PAUSE_MS - (performance.now() - asked))));
      again = false;
      asked = performance.now();
      const page = document.hidden ? null : await fetchPage();
      if (page !== null) {
        bring(list, [...(page.getElementById("history")?.children ?? [])] as HTMLElement[]);
        bringPicture(page);
      }
      showLocalTimes();
    }
    busy = false;
  };
  byId("stream").addEventListener("news", () => void refresh());
  if (everyMs !== undefined) setInterval(() => document.hidden || refresh(), everyMs);
}

/** Choosing is asking; empty fields stay out of the address. */
function startFilterForm(): void {
  const form = byId<HTMLFormElement>("history-filter");
  const go = () => {
    const fields = [...new FormData(form)].filter(([, value]) => value !== "") as [string, string][];
    const url = new URL(form.action);
    url.search = new URLSearchParams(fields).toString();
    location.assign(url);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go();
  });
  form.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLSelectElement && target.value !== "custom") go();
    else if (target instanceof HTMLSelectElement) form.querySelector("details")?.toggleAttribute("open", true);
  });
}
