import type { Action } from "../process-look.ts";
import { shownName } from "../shorten.ts";
import { choose } from "./ask.ts";
import { base, byId } from "./page.ts";
import { runAction } from "./run-action.ts";

const isAction = (text: string | undefined): text is Action =>
  text === "start" || text === "restart" || text === "stop";

const isOffered = (button: HTMLElement): boolean =>
  button.getAttribute("aria-disabled") !== "true" && !button.hasAttribute("data-c-busy");

/** One listener for all rows, those of today and those that updates bring. */
export function startRowClicks(): void {
  document.addEventListener("click", (event) => {
    const { target } = event;
    const button = target instanceof Element ? target.closest<HTMLElement>("button[data-act]") : null;
    const row = button?.closest<HTMLElement>("[data-uid]");
    const uid = row?.dataset.uid;
    if (!button || !row || uid === undefined) return;
    // A button of a form, where there are scripts, is one of ours all the same.
    event.preventDefault();
    const action = button.dataset.act;
    if (action === "more") void openSheet(row, uid);
    else if (isAction(action) && isOffered(button)) void runAction(action, [uid]);
  });
}

/** The same for fingers, and where to read more. */
async function openSheet(row: HTMLElement, uid: string): Promise<void> {
  const sheet = byId<HTMLDialogElement>("sheet");
  byId("sheet-title").textContent = row.querySelector(".name")?.textContent ?? shownName(uid);
  byId("sheet-text").textContent = shownName(uid);
  for (const button of sheet.querySelectorAll<HTMLButtonElement>("button.acting")) {
    const own = row.querySelector<HTMLElement>(`[data-act="${button.value}"]`);
    button.disabled = own === null || !isOffered(own);
  }
  const value = await choose(sheet);
  const page = `${base()}/process/${encodeURIComponent(uid)}`;
  if (value === "log") location.assign(`${page}/log`);
  else if (value === "details") location.assign(page);
  else if (isAction(value)) await runAction(value, [uid]);
}
