import { type Completion, completions, type KnownWords, knownWords, supervisorWords } from "./filter-words.ts";
import { base, byId } from "./page.ts";
import { allRows, placeOf } from "./row-data.ts";
import { SUPERVISOR_ROWS } from "./supervisor-rows.ts";

/** Names come and go; this old they are asked for again. */
const KEPT_MS = 60_000;

let known: KnownWords = knownWords([]);
let askedMs = Number.NEGATIVE_INFINITY;

async function learn(): Promise<void> {
  if (document.documentElement.dataset.page === "supervisors") {
    known = supervisorWords([...SUPERVISOR_ROWS.all()].map((row) => row.dataset.supervisor ?? ""));
    return;
  }
  if (performance.now() - askedMs < KEPT_MS) return;
  askedMs = performance.now();
  const rows = [...allRows()];
  if (rows.length > 0 && document.querySelector("[data-part]") === null) {
    known = knownWords(rows.map((row) => placeOf(row).uid));
    return;
  }
  const response = await fetch(`${base()}/api/process/list`).catch(() => null);
  if (response?.ok) known = knownWords((await response.json()) as string[]);
}

function optionOf({ label, aside }: Completion, i: number, at: number): HTMLElement {
  const option = document.createElement("div");
  option.id = `filter-option-${i}`;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", String(i === at));
  option.dataset.at = String(i);
  const name = document.createElement("span");
  name.textContent = label;
  const kind = document.createElement("span");
  kind.className = "palette-aside";
  kind.textContent = aside;
  option.append(name, kind);
  return option;
}

/** Offers what may stand in the filter, below it; Tab or Enter takes what is marked. */
export function startFilterCompletion(): void {
  const input = byId<HTMLInputElement>("filter");
  const list = byId("filter-options");
  let items: readonly Completion[] = [];
  /** marked; -1: none, and Enter is not ours */
  let at = -1;

  const show = () => {
    list.replaceChildren(...items.map((item, i) => optionOf(item, i, at)));
    list.hidden = items.length === 0;
    input.setAttribute("aria-expanded", String(items.length > 0));
    if (at >= 0) input.setAttribute("aria-activedescendant", `filter-option-${at}`);
    else input.removeAttribute("aria-activedescendant");
    document.getElementById(`filter-option-${at}`)?.scrollIntoView({ block: "nearest" });
  };
  const hide = () => {
    items = [];
    at = -1;
    show();
  };
  const seek = () => {
    items = completions(input.value, input.selectionStart ?? input.value.length, known);
    at = -1;
    show();
  };
  const take = (item: Completion | undefined) => {
    if (item === undefined) return;
    input.value = item.text;
    input.setSelectionRange(item.caret, item.caret);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    seek();
  };
  input.addEventListener("focus", () => void learn().then(() => document.activeElement === input && seek()));
  input.addEventListener("input", seek);
  input.addEventListener("blur", hide);
  input.addEventListener(
    "keydown",
    (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step !== undefined && items.length > 0) {
        at = at < 0 && step < 0 ? items.length - 1 : (at + step + items.length) % items.length;
        show();
      } else if ((event.key === "Enter" || event.key === "Tab") && at >= 0) take(items[at]);
      else if (event.key === "Escape" && items.length > 0) hide();
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
  // Before the input loses the focus.
  list.addEventListener("pointerdown", (event) => {
    const option = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-at]") : null;
    if (option === null) return;
    event.preventDefault();
    take(items[Number(option.dataset.at)]);
  });
}
