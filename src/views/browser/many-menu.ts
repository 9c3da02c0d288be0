import { messageOf } from "../../domain/errors.ts";
import { shownName } from "../shorten.ts";
import { manyTexts as texts } from "../texts/actions.ts";
import { type Many, membersOf, targetsOf } from "./many-targets.ts";
import { addNote } from "./notes.ts";
import { base, byId } from "./page.ts";
import { runAction } from "./run-action.ts";
import { openLogs } from "./selection.ts";

async function act(what: string, many: Many): Promise<void> {
  try {
    if (what === "history") location.assign(`${base()}/history?${new URLSearchParams({ [many.of]: many.name })}`);
    else if (what === "logs") openLogs(await membersOf(many));
    else if (what === "start" || what === "restart" || what === "stop")
      await runAction(what, await targetsOf(many, what), true);
  } catch (error) {
    addNote(`${texts[many.of](shownName(many.name))}: ${messageOf(error)}`, "bad");
  }
}

function place(menu: HTMLElement, button: HTMLElement): void {
  const { bottom, top, right } = button.getBoundingClientRect();
  const below = bottom + 4;
  const fits = below + menu.offsetHeight + 8 <= innerHeight;
  menu.style.top = `${Math.max(8, fits ? below : top - 4 - menu.offsetHeight)}px`;
  menu.style.left = `${Math.max(8, right - menu.offsetWidth)}px`;
}

const MOVES: Readonly<Record<string, (at: number, of: number) => number>> = {
  ArrowDown: (at, of) => (at + 1) % of,
  ArrowUp: (at, of) => (at - 1 + of) % of,
  Home: () => 0,
  End: (_, of) => of - 1,
};

/** One menu for all groups and supervisors: it stands where it was asked for, out of the reach of any update. */
export function startManyMenu(): void {
  const menu = byId("many-menu");
  let many: Many | null = null;
  const items = () => [...menu.querySelectorAll<HTMLElement>("button")].filter((item) => item.offsetParent !== null);
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>("[data-many]") : null;
    const of = button?.dataset.many;
    if (button === null || (of !== "group" && of !== "supervisor")) return;
    many = { of, name: button.dataset.name ?? "" };
    byId("many-menu-title").textContent = texts[of](shownName(many.name, 60));
    menu.showPopover();
    place(menu, button);
    items()[0]?.focus();
  });
  menu.addEventListener("click", ({ target }) => {
    const what =
      target instanceof Element ? target.closest<HTMLElement>("[data-many-act]")?.dataset.manyAct : undefined;
    if (what === undefined || many === null) return;
    menu.hidePopover();
    void act(what, many);
  });
  menu.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const all = items();
    all[move(all.indexOf(document.activeElement as HTMLElement), all.length)]?.focus();
  });
}
