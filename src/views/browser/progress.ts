import { shownName } from "../shorten.ts";
import { actionTexts, progressTexts as texts } from "../texts/actions.ts";
import type { Followed } from "./follow-action.ts";
import { byId } from "./page.ts";
import { type Line, type LineWords, progressLines } from "./progress-lines.ts";

const MOST_LINES = 500;
const SHAPE: Readonly<Record<Line["look"], string>> = { queued: "none", moving: "moving", bad: "bad", good: "done" };

export type ProgressView = {
  /** @param summary what came of it, where it is over */
  readonly show: (state: Followed, summary: string | null) => void;
  readonly open: () => void;
  readonly isOpen: () => boolean;
};

type About = {
  /** "Restart 18 processes on 3 hosts" */
  readonly title: string;
  readonly targets: readonly string[];
  readonly words: LineWords;
};

/** whose dialog it is now */
let owner: symbol | null = null;

const put = (element: Element | undefined, text: string): void => {
  if (element !== undefined && element.textContent !== text) element.textContent = text;
};

function lineElement(): HTMLElement {
  const item = document.createElement("li");
  for (const name of ["shape", "line-name", "line-words", "line-detail"]) {
    const part = document.createElement("span");
    part.className = name;
    item.append(part);
  }
  return item;
}

function drawLine(item: HTMLElement, { id, words, detail, look }: Line): void {
  if (item.dataset.look !== look) item.dataset.look = look;
  const [shape, name, state, why] = item.children;
  if (shape !== undefined && !shape.classList.contains(SHAPE[look])) shape.className = `shape ${SHAPE[look]}`;
  put(name, shownName(id));
  put(state, words);
  put(why, detail);
}

function drawLines(list: HTMLElement, lines: readonly Line[]): void {
  while (list.children.length > lines.length) list.lastElementChild?.remove();
  for (const [i, line] of lines.entries())
    drawLine((list.children[i] as HTMLElement | undefined) ?? list.appendChild(lineElement()), line);
}

function countWords({ waiting, results }: Followed): string {
  const done = results.filter(({ ok }) => ok).length;
  const failed = results.filter(({ ok, pending }) => !ok && !pending).length;
  return texts.counted(done, results.length + waiting.length, failed);
}

function paint({ words }: About, state: Followed, summary: string | null): void {
  put(byId("progress-words"), state.isLost ? texts.lost : (summary ?? countWords(state)));
  const bar = byId<HTMLProgressElement>("progress-bar");
  bar.max = Math.max(1, state.results.length + state.waiting.length);
  bar.value = state.results.length;
  const lines = progressLines(state, words, MOST_LINES);
  drawLines(byId("progress-list"), lines.slice(0, MOST_LINES));
  put(byId("progress-more"), lines.length > MOST_LINES ? actionTexts.more(lines.length - MOST_LINES) : "");
  put(byId("progress-close"), state.isOver ? texts.close : texts.background);
}

/** The dialog of one action: each target with how it goes. It stays until it is closed. */
export function createProgress(about: About): ProgressView {
  const dialog = byId<HTMLDialogElement>("progress");
  const me = Symbol(about.title);
  let last: readonly [Followed, string | null] = [
    {
      ids: about.targets,
      waiting: about.targets.map((id) => ({ id, state: null, seconds: 0 })),
      results: [],
      isOver: false,
      isLost: false,
    },
    null,
  ];
  const isOpen = () => dialog.open && owner === me;
  return {
    show(state, summary) {
      last = [state, summary];
      if (isOpen()) paint(about, state, summary);
    },
    open() {
      if (document.querySelector("dialog[open]") !== null) return;
      owner = me;
      put(byId("progress-title"), about.title);
      byId("progress-list").replaceChildren();
      dialog.showModal();
      paint(about, ...last);
      byId("progress-list").scrollTop = 0;
    },
    isOpen,
  };
}
