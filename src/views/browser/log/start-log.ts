import { messageOf } from "../../../domain/errors.ts";
import type { LogChannel } from "../../log-panel.tsx";
import { logTexts as texts } from "../../texts/log.ts";
import { addNote } from "../notes.ts";
import { byId } from "../page.ts";
import { startClear } from "./clear.ts";
import { startControls } from "./controls.ts";
import { followLogs } from "./follow.ts";
import { fetchPage, findOlder } from "./log-pages.ts";
import { createLogSearch } from "./log-search.ts";
import { createLogText, type Origin } from "./log-text.ts";
import type { Lines } from "./merge-lines.ts";
import { takeOlder } from "./read-backwards.ts";
import { type ShownProcess, type Source, sourcesOf, takeLines } from "./sources.ts";
import { createTimeOrder } from "./time-order.ts";
import { createWaiting } from "./waiting.ts";

/** Of what was there before the page came, for all logs together. */
const BACK_BYTES = 64 * 1_024;
const OLDER_BYTES = 128 * 1_024;
/** After an answer that is none. */
const AGAIN_MS = 5_000;

const originOf = ({ label, index, colour }: Source): Origin | null =>
  label === null ? null : { label, index, colour };

/** The view of one or more logs, followed as they grow. @returns to be called when the page was updated */
export function startLog(): () => void {
  const panel = document.getElementById("log");
  if (panel === null || panel.dataset.logs === undefined) return () => {};
  const processes = JSON.parse(panel.dataset.logs) as ShownProcess[];
  const place = byId("log-lines");
  const text = createLogText(place);
  const search = createLogSearch(place, byId("log-found"), panel.dataset.worker ?? "");
  const followButton = byId<HTMLButtonElement>("log-follow");
  const inOrder = createTimeOrder();
  let sources: Source[] = [];
  let stream: ReturnType<typeof followLogs> | null = null;
  let following = true;
  let unseen = 0;
  let asking = false;
  let turns = 0;

  const toEnd = () => {
    place.scrollTop = place.scrollHeight;
  };
  const showFollow = () => {
    followButton.textContent = following ? texts.following : unseen > 0 ? texts.newLines(unseen) : texts.paused;
    followButton.setAttribute("aria-pressed", String(following));
  };
  const follow = (is: boolean) => {
    following = is;
    if (is) unseen = 0;
    showFollow();
    if (!is) return;
    // What was dropped at the end while somebody read backwards is read again.
    if (text.isCut()) void begin();
    else toEnd();
  };
  const waiting = createWaiting({
    show(pieces) {
      for (const { source, text: piece } of pieces) {
        text.append(piece, originOf(source));
        if (!following) unseen += piece.split("\n").length - 1;
      }
      if (following) toEnd();
      else showFollow();
      search.refresh();
    },
    onPassedOver: (lines) => text.note(texts.tooFast(lines)),
  });
  const take = (source: Source, piece: string) => {
    if (text.isCut()) return;
    const whole = source.label === null ? piece : takeLines(source, piece);
    if (whole !== "") waiting.add(source, whole);
  };
  const told = new Map<Source, string>();
  const note = (source: Source, words: string) => {
    if (words === "" || told.get(source) === words) return;
    told.set(source, words);
    waiting.flush();
    text.note(source.label === null ? words : `${source.label}: ${words}`);
    if (following) toEnd();
  };
  const onNote = (source: Source, what: string, { skipped, reason }: { skipped: number | null; reason: string }) => {
    if (what === "skipped") return note(source, texts.skipped(skipped));
    if (what === "cleared") return note(source, texts.cleared);
    if (what === "truncated") return note(source, texts.truncated);
    if (what === "end") return note(source, texts.ended(reason));
    if (what === "lost") note(source, texts.lost(reason));
  };
  const open = () => {
    stream?.close();
    const onText = (source: Source, piece: string) => {
      told.delete(source);
      take(source, piece);
    };
    stream = followLogs(sources, {
      ...{ onText, onNote },
      onLink: (is) => panel.toggleAttribute("data-c-lost", is === "lost"),
    });
    stream.open();
  };
  async function begin(channel?: LogChannel): Promise<void> {
    const turn = ++turns;
    stream?.close();
    waiting.clear();
    if (channel !== undefined || sources.length === 0)
      sources = sourcesOf(processes, channel ?? (panel?.dataset.channel as LogChannel));
    for (const source of sources) Object.assign(source, { next: null, previous: null, head: "", rest: "" });
    const bytes = Math.floor(BACK_BYTES / sources.length);
    const pages = await Promise.allSettled(sources.map((source) => fetchPage(source, "end", bytes)));
    if (turn !== turns) return;
    text.clear();
    told.clear();
    const read: Lines<Source>[] = [];
    for (const [i, page] of pages.entries()) {
      const source = sources[i] as Source;
      if (page.status === "rejected") note(source, messageOf(page.reason));
      else {
        source.next = page.value.next;
        read.push({ of: source, text: takeOlder(source, page.value) });
      }
    }
    for (const piece of inOrder(read)) take(piece.of, piece.text);
    waiting.flush();
    if (text.lines() === 0 && pages.every(({ status }) => status === "fulfilled")) text.note(texts.nothingYet);
    if (following) toEnd();
    if (pages.some(({ status }) => status === "rejected"))
      setTimeout(() => turn === turns && text.lines() === 0 && void begin(), AGAIN_MS);
    open();
  }
  /** @returns whether there was anything */
  async function older(): Promise<boolean> {
    if (asking || sources.every(({ previous }) => previous === null)) return false;
    asking = true;
    try {
      const fromEnd = place.scrollHeight - place.scrollTop;
      const before = place.scrollHeight;
      const bytes = Math.floor(OLDER_BYTES / sources.length);
      const pages = await Promise.all(
        sources.map(async (of) => ({
          of,
          page: of.previous === null ? null : await fetchPage(of, of.previous, -bytes),
        })),
      );
      const read = pages.map(({ of, page }) => ({ of, text: page === null ? "" : takeOlder(of, page) }));
      if (text.prepend(inOrder(read).map((one) => ({ text: one.text, origin: originOf(one.of) })))) stream?.close();
      if (!text.isCut()) place.scrollTop = place.scrollHeight - fromEnd;
      else place.scrollTop += Math.max(0, place.scrollHeight - before);
      search.refresh();
      return true;
    } catch (error) {
      addNote(texts.noOlder(messageOf(error)), "bad");
      return false;
    } finally {
      asking = false;
    }
  }
  place.addEventListener("scroll", () => {
    const atEnd = place.scrollHeight - place.scrollTop - place.clientHeight < 24 && !text.isCut();
    if (atEnd !== following) follow(atEnd);
    if (place.scrollTop < 40 && !following) void older();
  });
  followButton.addEventListener("click", () => follow(!following));
  startControls(panel, search, {
    onChannel(channel) {
      following = true;
      unseen = 0;
      showFollow();
      void begin(channel);
    },
    follow: () => follow(!following),
    toEnd: () => follow(true),
    async further(sought) {
      follow(false);
      const [only] = sources;
      return only === undefined || sources.length > 1 ? null : findOlder(only, sought, older);
    },
  });
  startClear(panel, processes);
  document.addEventListener("visibilitychange", () => {
    // Its cursors are kept: what is missed meanwhile comes later.
    if (document.hidden) stream?.close();
    else if (stream !== null && !text.isCut()) stream.open();
  });
  void begin();
  return watchState((words) => {
    waiting.flush();
    text.note(words, "edge");
    if (following) toEnd();
  });
}

/** Where one run ends and the next begins is told between the lines. */
function watchState(tell: (words: string) => void): () => void {
  const shown = () => document.getElementById("process-head");
  let state = shown()?.dataset.state;
  const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium", hourCycle: "h23" });
  return () => {
    const head = shown();
    if (head === null || head.dataset.state === state) return;
    state = head.dataset.state;
    const words = head.querySelector(".pill")?.textContent?.trim() ?? "";
    if (words !== "") tell(texts.became(words, clock.format(Date.now())));
  };
}
