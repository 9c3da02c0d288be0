import type { Action } from "../process-look.ts";
import { progressTexts as texts } from "../texts/actions.ts";
import { resultWords, whereWords } from "./action-words.ts";
import type { Followed } from "./follow-action.ts";
import { byId } from "./page.ts";

const MOST_LINES = 200;
const DONE: Readonly<Record<Action, string>> = { start: "started", restart: "restarted", stop: "stopped" };

export type ProgressView = {
  readonly show: (state: Followed, summary: string | null) => void;
  readonly open: () => void;
  readonly isOpen: () => boolean;
};

type Line = { readonly uid: string; readonly words: string; readonly look: "bad" | "moving" | "good" };

const lower = (state: string): string => state.toLowerCase();

/** What went wrong first, then what goes on; what is done is last, and left out where there is too much. */
function linesOf(action: Action, { waiting, results }: Followed, seconds: number): Line[] {
  const failed = results.filter(({ ok, pending }) => !ok && !pending);
  const going = results.filter(({ pending }) => pending);
  const done = results.filter(({ ok }) => ok);
  return [
    ...failed.map((result): Line => ({ uid: result.uid, words: resultWords(action, result), look: "bad" })),
    ...[...waiting].map(
      ([uid, state]): Line => ({
        ...{ uid, look: "moving" },
        words: `${state === null ? texts.queued : lower(state)} ${seconds} s`,
      }),
    ),
    ...going.map(({ uid, message = "" }): Line => ({ uid, words: message, look: "moving" })),
    ...done.map(({ uid, message }): Line => ({ uid, words: message ?? DONE[action], look: "good" })),
  ];
}

function draw(list: HTMLElement, lines: readonly Line[]): void {
  const shown = lines.slice(0, MOST_LINES);
  while (list.children.length > shown.length) list.lastElementChild?.remove();
  for (const [i, { uid, words, look }] of shown.entries()) {
    const item = (list.children[i] as HTMLElement | undefined) ?? list.appendChild(lineElement());
    if (item.className !== look) item.className = look;
    const [name, state] = item.children;
    if (name !== undefined && name.textContent !== uid) name.textContent = uid;
    if (state !== undefined && state.textContent !== words) state.textContent = words;
  }
}

function lineElement(): HTMLElement {
  const item = document.createElement("li");
  item.append(document.createElement("span"), document.createElement("span"));
  return item;
}

/** The dialog of one action on several: each with how it goes. It stays until it is closed. */
export function createProgress(action: Action, uids: readonly string[]): ProgressView {
  const dialog = byId<HTMLDialogElement>("progress");
  const begun = performance.now();
  const hosts = uids.map((uid) => uid.slice(0, uid.lastIndexOf(":", uid.lastIndexOf(":") - 1)));
  const title = texts.title(texts.doing[action], uids.length, whereWords(hosts));
  let last: readonly [Followed, string | null] | null = null;
  const isMine = () => dialog.open && byId("progress-title").textContent === title;

  const paint = (state: Followed, summary: string | null) => {
    const failed = state.results.filter(({ ok, pending }) => !ok && !pending).length;
    const counted = texts.counted(state.results.filter(({ ok }) => ok).length, uids.length, failed);
    byId("progress-words").textContent = state.isLost ? texts.lost : (summary ?? counted);
    const bar = byId<HTMLProgressElement>("progress-bar");
    bar.max = uids.length;
    bar.value = state.results.length;
    const lines = linesOf(action, state, Math.round((performance.now() - begun) / 1_000));
    draw(byId("progress-list"), lines);
    byId("progress-more").textContent = lines.length > MOST_LINES ? texts.more(lines.length - MOST_LINES) : "";
    byId("progress-close").textContent = state.isOver ? texts.close : texts.background;
  };
  return {
    show(state, summary) {
      last = [state, summary];
      if (isMine()) paint(state, summary);
    },
    open() {
      if (document.querySelector("dialog[open]") !== null) return;
      byId("progress-title").textContent = title;
      byId("progress-list").replaceChildren();
      dialog.showModal();
      if (last !== null) paint(...last);
    },
    isOpen: isMine,
  };
}
