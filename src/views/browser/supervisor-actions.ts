import { messageOf } from "../../domain/errors.ts";
import { reasonOf } from "../action-words.ts";
import { shownName } from "../shorten.ts";
import { SUPERVISOR_ACTIONS, type SupervisorAction } from "../supervisor-action.ts";
import { actionTexts, supervisordTexts as texts } from "../texts/actions.ts";
import { countTexts } from "../texts/counts.ts";
import { supervisorTexts } from "../texts/supervisor.ts";
import { ask } from "./ask.ts";
import { addNote } from "./notes.ts";
import { wouldChange } from "./outcome-words.ts";
import { postAction } from "./post-action.ts";
import { runTracked } from "./tracked-action.ts";

type Target = {
  readonly name: string;
  /** how many of its processes run */
  readonly running: number;
};

const actionOf = (text: string | undefined) => SUPERVISOR_ACTIONS.find((action) => action === text);

/** Asks its supervisord what an update would do. @returns false where that is nothing, or not wanted */
async function isUpdateMeant(name: string): Promise<boolean> {
  const [result] = await postAction({ path: "supervisor/reread", fields: { supervisor: [name] } });
  if (result === undefined || !result.ok) throw new Error(result === undefined ? actionTexts.silent : reasonOf(result));
  const changes = wouldChange(result.reread);
  if (changes.length === 0) {
    addNote(texts.summary(shownName(name), texts.nothing), "good");
    return false;
  }
  return ask({
    title: texts.question.update(shownName(name)),
    text: changes.join("\n"),
    yes: supervisorTexts.actions.update,
    danger: false,
  });
}

/** Names what stops with it. */
function isMeant(action: SupervisorAction, { name, running }: Target): Promise<boolean> {
  switch (action) {
    case "reread":
      return Promise.resolve(true);
    case "update":
      return isUpdateMeant(name);
    case "restart":
    case "shutdown":
      return ask({
        title: texts.question[action](shownName(name)),
        text: `${countTexts.stop(running)}. ${texts.after[action]}`,
        yes: supervisorTexts.actions[action],
        danger: true,
      });
  }
}

async function run(button: HTMLElement, action: SupervisorAction, target: Target): Promise<void> {
  const { name } = target;
  button.toggleAttribute("data-c-busy", true);
  try {
    if (!(await isMeant(action, target))) return;
    await runTracked({
      ...{ deed: { kind: "supervisor", action }, title: texts.title[action](shownName(name)), targets: [name] },
      asked: [{ path: `supervisor/${action}`, fields: { supervisor: [name] } }],
    });
  } catch (error) {
    addNote(texts.summary(shownName(name), actionTexts.because(texts.failed[action], messageOf(error))), "bad");
  } finally {
    button.toggleAttribute("data-c-busy", false);
  }
}

/** The page was opened to ask: what stands there for browsers without scripts is asked in a dialog. */
function askAsAddressed(): void {
  const url = new URL(location.href);
  const action = actionOf(url.searchParams.get("ask") ?? undefined);
  const form = document.querySelector("form.asking");
  if (action === undefined || form === null) return;
  form.remove();
  url.searchParams.delete("ask");
  history.replaceState(history.state, "", url);
  document.querySelector<HTMLElement>(`#supervisor-head [data-sact="${action}"]`)?.click();
}

/** Buttons of supervisors, wherever they stand: asked on the spot. */
export function startSupervisorActions(): void {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-sact]") : null;
    const place = button?.closest<HTMLElement>("[data-supervisor]");
    const action = actionOf(button?.dataset.sact);
    if (!button || !place || action === undefined) return;
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true" || button.hasAttribute("data-c-busy")) return;
    void run(button, action, { name: place.dataset.supervisor ?? "", running: Number(place.dataset.running ?? 0) });
  });
  document.addEventListener("keydown", (event) => {
    const button = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("[data-sact]") : null;
    if (event.key !== " " || button === null) return;
    event.preventDefault();
    button.click();
  });
  askAsAddressed();
}
