import { messageOf } from "../../domain/errors.ts";
import { ask } from "./ask.ts";
import { addNote } from "./notes.ts";
import { base, toLogin } from "./page.ts";

type Action = "reread" | "update" | "restart" | "shutdown";
type Changes = {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
};
type Result = { readonly ok: boolean; readonly message?: string; readonly code?: string; readonly reread?: Changes };

const DO: Readonly<Record<Action, string>> = {
  reread: "Reread",
  update: "Update",
  restart: "Restart",
  shutdown: "Shut down",
};
const DONE: Readonly<Record<Action, string>> = {
  reread: "read its configuration again",
  update: "is up to date",
  restart: "is restarting",
  shutdown: "is shutting down",
};

const isAction = (text: string | undefined): text is Action => text !== undefined && Object.hasOwn(DO, text);

/** @throws Error for people */
async function post(action: Action, supervisor: string): Promise<Result> {
  const response = await fetch(`${base()}/api/supervisor/${action}`, {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams({ supervisor }),
  }).catch(() => {
    throw new Error("the hub cannot be reached; whether it was done is not known");
  });
  if (response.status === 401) toLogin();
  const answer = (await response.json().catch(() => null)) as { results?: Result[]; message?: string } | null;
  const [result] = answer?.results ?? [];
  if (result === undefined) throw new Error(answer?.message ?? `the hub answered ${response.status}`);
  if (!result.ok) throw new Error(result.message ?? result.code ?? "no reason given");
  return result;
}

/** "Added: web. Changed: db. Removed: none." */
const changeWords = ({ added, changed, removed }: Changes): string =>
  [
    added.length > 0 ? `New groups, will start: ${added.join(", ")}` : "",
    changed.length > 0 ? `Changed groups, will restart: ${changed.join(", ")}` : "",
    removed.length > 0 ? `Removed groups, will stop: ${removed.join(", ")}` : "",
  ]
    .filter((line) => line !== "")
    .join("\n");

const isNothing = ({ added, changed, removed }: Changes): boolean =>
  added.length + changed.length + removed.length === 0;

const plural = (n: number): string => (n === 1 ? "1 running process stops" : `${n} running processes stop`);

/** @returns false where it is not wanted after all */
async function isMeant(action: Action, name: string, running: number): Promise<boolean> {
  if (action === "reread") return true;
  if (action === "update") {
    const { reread } = await post("reread", name);
    if (reread === undefined || isNothing(reread)) {
      addNote(`${name}: nothing in its configuration has changed.`, "good");
      return false;
    }
    return ask({ title: `Update ${name}?`, text: changeWords(reread), yes: "Update", danger: false });
  }
  const after =
    action === "restart"
      ? "supervisord starts again with those that are autostart."
      : "The hub cannot start supervisord again: that is done on the host.";
  return ask({ title: `${DO[action]} ${name}?`, text: `${plural(running)}. ${after}`, yes: DO[action], danger: true });
}

async function run(button: HTMLElement, action: Action, name: string, running: number): Promise<void> {
  button.toggleAttribute("data-c-busy", true);
  try {
    if (!(await isMeant(action, name, running))) return;
    const { reread } = await post(action, name);
    const words = action !== "reread" || reread === undefined ? DONE[action] : rereadWords(reread);
    addNote(`${name} ${words}.`, "good");
  } catch (error) {
    addNote(`${name}: ${DO[action].toLowerCase()} failed: ${messageOf(error)}`, "bad");
  } finally {
    button.toggleAttribute("data-c-busy", false);
  }
}

const rereadWords = (changes: Changes): string =>
  isNothing(changes)
    ? "read its configuration again: nothing has changed"
    : `read its configuration again; an update would apply:\n${changeWords(changes)}`;

/** Buttons of supervisors, wherever they stand: asked on the spot. */
export function startSupervisorActions(): void {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-sact]") : null;
    const place = button?.closest<HTMLElement>("[data-supervisor]");
    const action = button?.dataset.sact;
    if (!button || !place || !isAction(action)) return;
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true" || button.hasAttribute("data-c-busy")) return;
    void run(button, action, place.dataset.supervisor ?? "", Number(place.dataset.running ?? 0));
  });
  document.addEventListener("keydown", (event) => {
    const button = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("[data-sact]") : null;
    if (event.key !== " " || button === null) return;
    event.preventDefault();
    button.click();
  });
}
