import { logTexts as texts } from "../../texts/log.ts";
import { createAnsi, type Run } from "./ansi.ts";

/** Lines that are laid out, or passed over, together. */
const CHUNK_LINES = 200;
/** What a tab can hold and still search. */
const MOST_LINES = 20_000;
/** No line is longer on the page; the file has the rest. */
const MOST_LINE = 20_000;

/** Whose line it is, and its place among those that are shown. */
export type Origin = { readonly label: string; readonly index: number; readonly colour: number };

const linesIn = (text: string): number => text.split("\n").length - 1;

const COLOURS = 6;

function nodeOf({ text, classes }: Run): Node {
  if (classes === "") return document.createTextNode(text);
  const span = document.createElement("span");
  span.className = classes;
  span.textContent = text;
  return span;
}

function originOf({ label, colour }: Origin): Node {
  const span = document.createElement("span");
  span.className = `origin origin-${colour % COLOURS}`;
  span.textContent = label;
  return span;
}

/** Colours go on from one piece of the same log to the next. */
function readersOfLogs(): (index: number) => (text: string) => Run[] {
  const readers = new Map<number, (text: string) => Run[]>();
  return (index) => {
    const reader = readers.get(index) ?? createAnsi();
    readers.set(index, reader);
    return reader;
  };
}

const cut = (text: string): string =>
  text.length <= MOST_LINE
    ? text
    : text.replaceAll(
        /[^\n]{20001,}/g,
        (line) => `${line.slice(0, MOST_LINE)} [${texts.moreCharacters(line.length - MOST_LINE)}]`,
      );

/**
 * The text of a log in an element: a few nodes for hundreds of lines, so that thousands of lines a second are no work.
 * The oldest go when there are too many, or the newest where somebody reads backwards.
 */
export function createLogText(place: HTMLElement) {
  let readerOf = readersOfLogs();
  let last: HTMLElement | null = null;
  let lines = 0;
  /** the newest lines have gone */
  let isCut = false;

  const chunk = (): HTMLElement => {
    const element = document.createElement("div");
    element.className = "log-chunk";
    element.dataset.lines = "0";
    return element;
  };
  const fill = (element: HTMLElement, text: string, origin: Origin | null, read: (text: string) => Run[]) => {
    if (origin === null) element.append(...read(text).map(nodeOf));
    else
      for (const line of text.split(/(?<=\n)/))
        if (line !== "") element.append(originOf(origin), ...read(line).map(nodeOf));
    const more = linesIn(text);
    element.dataset.lines = String(Number(element.dataset.lines) + more);
    lines += more;
  };
  const drop = (element: Element | null) => {
    lines -= Number((element as HTMLElement | null)?.dataset.lines ?? 0);
    element?.remove();
  };
  return {
    append(given: string, origin: Origin | null = null) {
      const text = cut(given);
      if (last === null || !last.isConnected || Number(last.dataset.lines) >= CHUNK_LINES) {
        last = chunk();
        place.append(last);
      }
      fill(last, text, origin, readerOf(origin?.index ?? 0));
      while (lines > MOST_LINES && place.firstElementChild !== place.lastElementChild) drop(place.firstElementChild);
    },
    /** Colours begin anew there: what was before it is not known. @returns whether newer lines had to go */
    prepend(pieces: readonly { readonly text: string; readonly origin: Origin | null }[]): boolean {
      const element = chunk();
      const older = readersOfLogs();
      for (const { text, origin } of pieces) fill(element, cut(text), origin, older(origin?.index ?? 0));
      place.prepend(element);
      while (lines > MOST_LINES && place.lastElementChild !== element) {
        drop(place.lastElementChild);
        isCut = true;
      }
      if (isCut) last = null;
      return isCut;
    },
    note(text: string, kind: "" | "edge" = "") {
      const element = document.createElement("div");
      element.className = `log-note ${kind}`.trim();
      element.textContent = text;
      place.append(element);
      last = null;
    },
    clear() {
      place.replaceChildren();
      readerOf = readersOfLogs();
      last = null;
      lines = 0;
      isCut = false;
    },
    lines: () => lines,
    /** Newer lines are not kept any more: to follow is to begin anew. */
    isCut: () => isCut,
  };
}
