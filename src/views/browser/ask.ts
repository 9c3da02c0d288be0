import { byId } from "./page.ts";

export type Question = {
  readonly title: string;
  /** lines */
  readonly text: string;
  readonly yes: string;
  readonly danger: boolean;
};

/** Resolves to what was chosen; Escape means no. */
export function ask({ title, text, yes, danger }: Question): Promise<boolean> {
  const dialog = byId<HTMLDialogElement>("confirm");
  byId("confirm-title").textContent = title;
  byId("confirm-text").textContent = text;
  const button = byId<HTMLButtonElement>("confirm-yes");
  button.textContent = yes;
  button.classList.toggle("danger", danger);
  return choose(dialog).then((value) => value === "yes");
}

/** Shows a dialog. @returns the value of the button that closed it; empty where none did, or another one is open */
export function choose(dialog: HTMLDialogElement): Promise<string> {
  if (document.querySelector("dialog[open]") !== null) return Promise.resolve("");
  return new Promise((resolve) => {
    dialog.returnValue = "";
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
    dialog.showModal();
  });
}
