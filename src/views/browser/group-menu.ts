import { progressTexts as texts } from "../texts/actions.ts";
import { base, byId } from "./page.ts";
import { placeOf } from "./row-data.ts";
import { runAction } from "./run-action.ts";
import { openLogs } from "./selection.ts";

/** One menu for all cards: it stands where it was asked for. */
export function startGroupMenu(): void {
  const menu = byId("group-menu");
  let card: HTMLElement | null = null;
  let group = "";
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>("[data-group-menu]") : null;
    if (button === null) return;
    card = button.closest(".card");
    group = button.dataset.groupMenu ?? "";
    byId("group-menu-title").textContent = texts.group.title(group.slice(0, 60));
    const { bottom, right } = button.getBoundingClientRect();
    menu.showPopover();
    menu.style.top = `${Math.min(bottom + 4, innerHeight - menu.offsetHeight - 8)}px`;
    menu.style.left = `${Math.max(8, right - menu.offsetWidth)}px`;
    menu.querySelector<HTMLElement>("button")?.focus();
  });
  menu.addEventListener("click", ({ target }) => {
    const what =
      target instanceof Element ? target.closest<HTMLElement>("[data-group-act]")?.dataset.groupAct : undefined;
    if (what === undefined) return;
    menu.hidePopover();
    // What the filter hides belongs to the group as well; the agent's own process does not.
    const rows = [...(card?.querySelectorAll<HTMLElement>(".row") ?? [])];
    if (what === "history") location.assign(`${base()}/history?${new URLSearchParams({ group })}`);
    else if (what === "logs") openLogs(rows.map((row) => placeOf(row).uid));
    else if (what === "start" || what === "restart" || what === "stop")
      void runAction(
        what,
        rows.filter(({ dataset }) => dataset.agent === undefined).map((row) => placeOf(row).uid),
        true,
      );
  });
  menu.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const items = [...menu.querySelectorAll<HTMLElement>("button")].filter((item) => item.offsetParent !== null);
    const at = items.indexOf(document.activeElement as HTMLElement);
    items[(at + step + items.length) % items.length]?.focus();
  });
}
