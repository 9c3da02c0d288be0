import { logTexts as texts } from "../../texts/log.ts";
import { createRegexSearch } from "./regex-search.ts";

const MOST_FOUND = 2_000;
/** New lines are searched this long after they came. */
const REFRESH_MS = 300;

/** The text that is sought through, node by node; whose line it is belongs to no line. */
function textNodes(place: HTMLElement): Text[] {
  const nodes: Text[] = [];
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
    if (!node.parentElement?.matches(".origin, .log-note")) nodes.push(node as Text);
  return nodes;
}

function rangeIn(node: Text, from: number, to: number): Range {
  const range = document.createRange();
  range.setStart(node, Math.min(from, node.length));
  range.setEnd(node, Math.min(to, node.length));
  return range;
}

function plainIn(nodes: readonly Text[], sought: string): Range[] {
  const found: Range[] = [];
  for (const node of nodes) {
    const text = node.data.toLowerCase();
    for (let i = text.indexOf(sought); i >= 0; i = text.indexOf(sought, i + sought.length)) {
      found.push(rangeIn(node, i, i + sought.length));
      if (found.length === MOST_FOUND) return found;
    }
  }
  return found;
}

/** Marks what is sought without touching the text: it goes on changing underneath. */
export function createLogSearch(place: HTMLElement, output: HTMLElement, workerUrl: string) {
  const regex = createRegexSearch(workerUrl);
  let found: Range[] = [];
  let at = -1;
  let sought = "";
  let isRegex = false;
  let problem = "";
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const paint = (name: string, ranges: readonly Range[]) => {
    if (!("highlights" in CSS)) return;
    if (ranges.length === 0) CSS.highlights.delete(name);
    else CSS.highlights.set(name, new Highlight(...ranges));
  };
  const show = () => {
    paint("found", found);
    const current = found[at];
    paint("current", current === undefined ? [] : [current]);
    output.textContent = sought === "" ? "" : problem || texts.found(at + 1, found.length, found.length === MOST_FOUND);
  };
  const search = async () => {
    const mine = ++turn;
    const current = found[at];
    problem = "";
    const nodes = sought === "" ? [] : textNodes(place);
    let ranges: Range[] = [];
    if (sought !== "" && !isRegex) ranges = plainIn(nodes, sought.toLowerCase());
    if (sought !== "" && isRegex) {
      const answer = await regex(
        sought,
        nodes.map(({ data }) => data),
        MOST_FOUND,
      );
      if (mine !== turn) return;
      if ("problem" in answer) problem = answer.problem === "slow" ? texts.tooSlow : texts.wrong(answer.words);
      else
        ranges = answer.found.flatMap(([i, from, to]) => (nodes[i] === undefined ? [] : [rangeIn(nodes[i], from, to)]));
    }
    found = ranges;
    // Whoever stands at a match stays there when more of them come.
    at = current === undefined ? -1 : found.findIndex((range) => isSame(range, current));
    show();
  };
  return {
    seek(text: string, byRegex: boolean) {
      sought = text;
      isRegex = byRegex;
      at = -1;
      found = [];
      void search();
    },
    refresh() {
      if (sought === "" || timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        void search();
      }, REFRESH_MS);
    },
    sought: () => sought,
    /** @returns whether there was one to go to */
    step(by: 1 | -1): boolean {
      if (found.length === 0) return false;
      at = at < 0 ? (by === 1 ? 0 : found.length - 1) : (at + by + found.length) % found.length;
      const current = found[at];
      current?.startContainer.parentElement?.scrollIntoView({ block: "nearest" });
      const [box, frame] = [current?.getBoundingClientRect(), place.getBoundingClientRect()];
      if (box !== undefined && (box.top < frame.top || box.bottom > frame.bottom))
        place.scrollTop += box.top - frame.top - frame.height / 3;
      show();
      return true;
    },
  };
}

const isSame = (a: Range, b: Range): boolean =>
  a.startContainer === b.startContainer && a.startOffset === b.startOffset;
