import type { LogChannel } from "../../log-panel.tsx";
import { logTexts as texts } from "../../texts/log.ts";
import { isForPage } from "../keys.ts";
import { addNote } from "../notes.ts";
import { byId } from "../page.ts";
import type { Sought } from "./log-pages.ts";
import type { createLogSearch } from "./log-search.ts";

type Controls = {
  readonly onChannel: (channel: LogChannel) => void;
  readonly follow: () => void;
  readonly toEnd: () => void;
  /** Looks through what is older. @returns true: found; false: nothing older matches; null: not yet, or not possible */
  readonly further: (sought: Sought) => Promise<boolean | null>;
};

const press = (button: Element, is: boolean) => button.setAttribute("aria-pressed", String(is));
const isPressed = (button: Element): boolean => button.getAttribute("aria-pressed") === "true";

/** What the bar of the log offers, for hand and keys. */
export function startControls(
  panel: HTMLElement,
  search: ReturnType<typeof createLogSearch>,
  controls: Controls,
): void {
  const find = byId<HTMLInputElement>("log-find");
  const regex = byId("log-regex");
  const further = byId<HTMLButtonElement>("log-further");
  const wrap = byId("log-wrap");
  const seek = () => {
    search.seek(find.value, isPressed(regex));
    further.hidden = find.value === "";
  };
  const step = (by: 1 | -1) => void search.step(by);
  const toggleWrap = () => press(wrap, panel.toggleAttribute("data-c-wrap"));

  wrap.addEventListener("click", toggleWrap);
  find.addEventListener("input", seek);
  find.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && find.value === "") find.blur();
    if (event.key !== "Enter") return;
    event.preventDefault();
    step(event.shiftKey ? 1 : -1);
  });
  regex.addEventListener("click", () => {
    press(regex, !isPressed(regex));
    seek();
  });
  byId("log-previous").addEventListener("click", () => step(-1));
  byId("log-next").addEventListener("click", () => step(1));
  further.addEventListener("click", async () => {
    further.disabled = true;
    const found = await controls
      .further({ text: find.value, isRegex: isPressed(regex) })
      .catch((error) => String(error));
    further.disabled = false;
    if (found === true) search.refresh();
    else if (typeof found === "string") addNote(found, "bad");
    else addNote(found === false ? texts.noneOlder : texts.stillLooking, "good");
  });
  panel.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>("[data-log-channel]") : null;
    if (button === null || isPressed(button)) return;
    const channel = button.dataset.logChannel as LogChannel;
    for (const each of panel.querySelectorAll("[data-log-channel]")) press(each, each === button);
    const download = document.getElementById("log-download") as HTMLAnchorElement | null;
    if (download !== null && channel !== "both")
      download.href = download.href.replace(/\/log\/(?:out|err)\//, `/log/${channel}/`);
    controls.onChannel(channel);
  });
  startKeys(panel, { find, step, toggleWrap, ...controls });
}

type Keys = Pick<Controls, "follow" | "toEnd"> & {
  readonly find: HTMLInputElement;
  readonly step: (by: 1 | -1) => void;
  readonly toggleWrap: () => void;
};

/** Letters of pagers, where the log is what the page is of, or has the focus. */
function startKeys(panel: HTMLElement, { find, step, toggleWrap, follow, toEnd }: Keys): void {
  const keys: Readonly<Record<string, () => void>> = {
    n: () => step(-1),
    N: () => step(1),
    f: follow,
    w: toggleWrap,
    G: toEnd,
    "/"() {
      find.focus();
      find.select();
    },
  };
  // Before those of every page.
  document.addEventListener(
    "keydown",
    (event) => {
      const isHere = panel.classList.contains("full") || panel.contains(document.activeElement);
      if (!isHere || !isForPage(event) || !Object.hasOwn(keys, event.key)) return;
      event.preventDefault();
      keys[event.key]?.();
    },
    { capture: true },
  );
}
