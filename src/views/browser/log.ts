import { messageOf } from "../../domain/errors.ts";
import { createLogSearch } from "./log-search.ts";
import { createLogText } from "./log-text.ts";
import { addNote } from "./notes.ts";
import { base, byId } from "./page.ts";

/** Of what was there before the page came. */
const BACK_BYTES = 64 * 1_024;
const OLDER_BYTES = 128 * 1_024;
/** Waiting text beyond this is passed over: nobody reads it, and the tab must not drown. */
const MOST_WAITING = 2 * 1_024 * 1_024;
/** After an answer that is none. */
const AGAIN_MS = 5_000;

type Message = { readonly message?: string; readonly note?: string; readonly reason?: string };
type Page = { readonly text: string; readonly previous: string | null; readonly next: string };

/** The log of a process, followed as it grows. */
export function startLog(): void {
  const panel = document.getElementById("log");
  if (panel === null) return;
  const place = byId("log-lines");
  const text = createLogText(place);
  const search = createLogSearch(place, byId("log-found"));
  const followButton = byId<HTMLButtonElement>("log-follow");
  const uid = encodeURIComponent(panel.dataset.log ?? "");
  let channel = "out";
  let following = true;
  let source: EventSource | null = null;
  let waiting = "";
  let frame = 0;
  /** place of the first byte shown; null: nothing is before it */
  let previous: string | null = null;
  /** place after the last byte shown; null: not known yet */
  let next: string | null = null;
  let asking = false;
  let turns = 0;

  const url = (what: string) => `${base()}/api/process/log/${channel}/${what}${uid}`;
  const toEnd = () => {
    place.scrollTop = place.scrollHeight;
  };
  const follow = (is: boolean) => {
    following = is;
    followButton.textContent = is ? "Following" : "Paused";
    followButton.setAttribute("aria-pressed", String(is));
    if (is) toEnd();
  };
  const flush = () => {
    frame = 0;
    const chunk = waiting;
    waiting = "";
    text.append(chunk);
    if (following) toEnd();
    search.refresh();
  };
  const take = (piece: string) => {
    waiting += piece;
    if (waiting.length > MOST_WAITING) {
      waiting = waiting.slice(-MOST_WAITING / 2);
      text.note("Some lines were passed over: they came faster than they can be shown.");
    }
    if (document.hidden) return;
    if (frame === 0) frame = requestAnimationFrame(flush);
  };
  const onMessage = ({ message = "", note, reason }: Message) => {
    if (note === "cleared") text.note("The log was cleared.");
    if (note === "truncated") text.note("The log begins anew.");
    if (note === "end") text.note(reason ?? "The log ends here.");
    if (message !== "") take(message.replaceAll(/\r\n?/g, "\n"));
  };
  const open = () => {
    source?.close();
    source = null;
    if (document.hidden || next === null) return;
    const stream = new EventSource(`${url("tail/")}?from=${encodeURIComponent(next)}`);
    source = stream;
    stream.onmessage = ({ data, lastEventId }) => {
      if (lastEventId !== "") next = lastEventId;
      onMessage(JSON.parse(data) as Message);
    };
    stream.onerror = () => {
      if (stream.readyState === EventSource.CLOSED && source === stream) setTimeout(open, AGAIN_MS);
    };
  };
  const page = async (offset: string, length: number): Promise<Page> => {
    const response = await fetch(`${url("")}?offset=${encodeURIComponent(offset)}&length=${length}`);
    const answer = (await response.json()) as Page & { message?: string };
    if (!response.ok) throw new Error(answer.message ?? `the hub answered ${response.status}`);
    return answer;
  };
  const begin = async () => {
    const turn = ++turns;
    source?.close();
    source = null;
    try {
      const last = await page("end", BACK_BYTES);
      if (turn !== turns) return;
      text.clear();
      ({ previous, next } = last);
      if (last.text === "") text.note("Nothing is written so far.");
      else take(last.text.replaceAll(/\r\n?/g, "\n"));
      open();
    } catch (error) {
      if (turn !== turns) return;
      text.clear();
      text.note(messageOf(error));
      setTimeout(() => turn === turns && void begin(), AGAIN_MS);
    }
  };
  const older = async () => {
    if (asking || previous === null) return;
    asking = true;
    try {
      const before = await page(previous, -OLDER_BYTES);
      const fromEnd = place.scrollHeight - place.scrollTop;
      text.prepend(before.text.replaceAll(/\r\n?/g, "\n"));
      place.scrollTop = place.scrollHeight - fromEnd;
      ({ previous } = before);
      search.refresh();
    } catch (error) {
      addNote(`Older lines of the log cannot be read now: ${messageOf(error)}`, "bad");
    } finally {
      asking = false;
    }
  };
  place.addEventListener("scroll", () => {
    const atEnd = place.scrollHeight - place.scrollTop - place.clientHeight < 24;
    if (atEnd !== following) follow(atEnd);
    if (place.scrollTop < 40 && !following) void older();
  });
  followButton.addEventListener("click", () => follow(!following));
  startControls(panel, search, (next) => {
    channel = next;
    byId<HTMLAnchorElement>("log-download").href = url("download/");
    follow(true);
    void begin();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      // Its cursor is kept: what is missed meanwhile comes later.
      source?.close();
      source = null;
    } else if (source === null) open();
  });
  void begin();
}

function startControls(
  panel: HTMLElement,
  search: ReturnType<typeof createLogSearch>,
  onChannel: (channel: string) => void,
): void {
  const wrap = byId<HTMLButtonElement>("log-wrap");
  wrap.addEventListener("click", () => {
    const is = panel.toggleAttribute("data-c-wrap");
    wrap.setAttribute("aria-pressed", String(is));
  });
  const find = byId<HTMLInputElement>("log-find");
  find.addEventListener("input", () => search.seek(find.value));
  find.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    search.step(event.shiftKey ? -1 : 1);
  });
  panel.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>("[data-log-channel]") : null;
    if (button === null || button.getAttribute("aria-pressed") === "true") return;
    for (const each of panel.querySelectorAll("[data-log-channel]"))
      each.setAttribute("aria-pressed", String(each === button));
    onChannel(button.dataset.logChannel ?? "out");
  });
}
