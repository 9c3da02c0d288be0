import { createAnsi, type Run } from "./ansi.ts";

/** Lines that are laid out, or passed over, together. */
const CHUNK_LINES = 200;
/** What a tab can hold and still search. */
const MOST_LINES = 20_000;

const linesIn = (text: string): number => text.split("\n").length - 1;

function nodeOf({ text, classes }: Run): Node {
  if (classes === "") return document.createTextNode(text);
  const span = document.createElement("span");
  span.className = classes;
  span.textContent = text;
  return span;
}

/**
 * The text of a log in an element: a few nodes for hundreds of lines, so that thousands of lines a second are no work.
 * The oldest go when there are too many.
 */
export function createLogText(place: HTMLElement) {
  let read = createAnsi();
  let last: HTMLElement | null = null;
  let lines = 0;

  const chunk = (): HTMLElement => {
    const element = document.createElement("div");
    element.className = "log-chunk";
    element.dataset.lines = "0";
    return element;
  };
  const fill = (element: HTMLElement, text: string, runs: readonly Run[]) => {
    element.append(...runs.map(nodeOf));
    const more = linesIn(text);
    element.dataset.lines = String(Number(element.dataset.lines) + more);
    lines += more;
  };
  const trim = () => {
    while (lines > MOST_LINES && place.firstElementChild !== place.lastElementChild) {
      const first = place.firstElementChild as HTMLElement;
      lines -= Number(first.dataset.lines ?? 0);
      first.remove();
    }
  };
  return {
    append(text: string) {
      if (last === null || !last.isConnected || Number(last.dataset.lines) >= CHUNK_LINES) {
        last = chunk();
        place.append(last);
      }
      fill(last, text, read(text));
      trim();
    },
    /** Colours begin anew there: what was before it is not known. */
    prepend(text: string) {
      const element = chunk();
      fill(element, text, createAnsi()(text));
      place.prepend(element);
    },
    note(text: string) {
      const element = chunk();
      element.className = "log-note";
      element.textContent = text;
      place.append(element);
      last = null;
    },
    clear() {
      place.replaceChildren();
      read = createAnsi();
      last = null;
      lines = 0;
    },
    lines: () => lines,
  };
}
