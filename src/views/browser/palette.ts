import { messageOf } from "../../domain/errors.ts";
import { shownName } from "../shorten.ts";
import { knownWords } from "./filter-words.ts";
import { targetsOf } from "./many-targets.ts";
import { addNote } from "./notes.ts";
import { base, byId } from "./page.ts";
import { type Findable, type PaletteItem, paletteItems } from "./palette-items.ts";
import { runAction } from "./run-action.ts";

let findable: Findable = { uids: [], groups: [], hosts: [], mayAct: false };
let items: readonly PaletteItem[] = [];
let at = 0;
let started = false;

function show(): void {
  const list = byId("palette-list");
  const input = byId<HTMLInputElement>("palette-input");
  list.replaceChildren(
    ...items.map(({ words, aside }, i) => {
      const option = document.createElement("div");
      option.id = `palette-${i}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", String(i === at));
      option.dataset.at = String(i);
      const name = document.createElement("span");
      name.textContent = shownName(words);
      const kind = document.createElement("span");
      kind.className = "palette-aside";
      kind.textContent = aside;
      option.append(name, kind);
      return option;
    }),
  );
  byId("palette-none").hidden = items.length > 0;
  if (items.length > 0) input.setAttribute("aria-activedescendant", `palette-${at}`);
  else input.removeAttribute("aria-activedescendant");
  document.getElementById(`palette-${at}`)?.scrollIntoView({ block: "nearest" });
}

function seek(): void {
  items = paletteItems(byId<HTMLInputElement>("palette-input").value, findable);
  at = 0;
  show();
}

function choose(item: PaletteItem | undefined): void {
  if (item === undefined) return;
  byId<HTMLDialogElement>("palette").close();
  void act(item).catch((error) => addNote(`${shownName(item.words)}: ${messageOf(error)}`, "bad"));
}

async function act({ go }: PaletteItem): Promise<void> {
  if ("path" in go) location.assign(base() + go.path);
  else await runAction(go.action, "uid" in go ? [go.uid] : await targetsOf(go.many, go.action), true);
}

function onKey(event: KeyboardEvent): void {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (by !== 0 && items.length > 0) {
    event.preventDefault();
    at = (at + by + items.length) % items.length;
    show();
  } else if (event.key === "Enter") {
    event.preventDefault();
    choose(items[at]);
  }
}

function start(): void {
  started = true;
  byId("palette-input").addEventListener("input", seek);
  byId("palette-input").addEventListener("keydown", onKey);
  byId("palette-list").addEventListener("click", ({ target }) => {
    const option = target instanceof Element ? target.closest<HTMLElement>("[data-at]") : null;
    if (option !== null) choose(items[Number(option.dataset.at)]);
  });
}

/** Jumps to any process and runs any action; the list of processes is asked for each time it opens. */
export function openPalette(): void {
  if (!started) start();
  const dialog = byId<HTMLDialogElement>("palette");
  if (dialog.open || document.querySelector("dialog[open]") !== null) return;
  byId<HTMLInputElement>("palette-input").value = "";
  seek();
  dialog.showModal();
  void fetch(`${base()}/api/process/list`)
    .then((response) => (response.ok ? (response.json() as Promise<string[]>) : []))
    .then((uids) => {
      const mayAct = document.documentElement.dataset.readOnly === undefined;
      findable = { uids, ...knownWords(uids), mayAct };
      seek();
    })
    .catch(() => {});
}
