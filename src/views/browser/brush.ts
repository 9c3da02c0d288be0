import { histogramTexts as texts } from "../texts/history.ts";
import { byId } from "./page.ts";

type Bar = SVGAElement & { readonly dataset: { from?: string; to?: string } };

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

const bars = (): Bar[] => [...document.querySelectorAll<Bar>("#brush-field a")];
const msOf = (text: string | undefined): number => Number(text ?? Number.NaN);

/** What lies between two bars, whichever is the first. */
function between(all: readonly Bar[], a: number, b: number): { fromMs: number; toMs: number } | null {
  const [first, last] = [all[Math.min(a, b)], all[Math.max(a, b)]];
  return first === undefined || last === undefined
    ? null
    : { fromMs: msOf(first.dataset.from), toMs: msOf(last.dataset.to) };
}

function mark(all: readonly Bar[], a: number, b: number): void {
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  for (const [i, bar] of all.entries()) bar.toggleAttribute("data-c-brushed", i >= low && i <= high);
  const span = between(all, a, b);
  if (span === null) return;
  byId("brush-keys").setAttribute("aria-valuenow", String(b + 1));
  byId("brush-words").textContent = texts.chosen(exact.format(span.fromMs), exact.format(span.toMs));
}

/** Asks for that part of the history alone; everything else that is asked for stays. */
function show(span: { fromMs: number; toMs: number } | null): void {
  if (span === null) return;
  const url = new URL(location.href);
  url.searchParams.delete("cursor");
  url.searchParams.set("range", "custom");
  url.searchParams.set("from", new Date(span.fromMs).toISOString());
  url.searchParams.set("to", new Date(span.toMs - 1).toISOString());
  location.assign(url);
}

/** The picture of the history is brushed with a mouse, a finger or the keyboard. */
export function startBrush(): void {
  const field = document.getElementById("brush-field");
  if (field === null) return;
  let from: number | null = null;
  let to = 0;
  const at = (x: number): number => {
    const { left, width } = field.getBoundingClientRect();
    const count = bars().length;
    return Math.max(0, Math.min(count - 1, Math.floor(((x - left) / width) * count)));
  };
  field.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = to = at(event.clientX);
    field.setPointerCapture(event.pointerId);
    mark(bars(), from, to);
  });
  field.addEventListener("pointermove", (event) => {
    if (from === null || !field.hasPointerCapture(event.pointerId)) return;
    to = at(event.clientX);
    mark(bars(), from, to);
  });
  field.addEventListener("pointerup", (event) => {
    if (from === null || !field.hasPointerCapture(event.pointerId)) return;
    show(between(bars(), from, to));
    from = null;
  });
  field.addEventListener("pointercancel", () => {
    from = null;
    for (const bar of bars()) bar.removeAttribute("data-c-brushed");
  });
  // The pointer has shown it already.
  field.addEventListener("click", (event) => event.preventDefault());
  byId("brush-keys").addEventListener("keydown", (event) => {
    const last = bars().length - 1;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      to = from === null ? last : Math.max(0, Math.min(last, to + step));
      from = event.shiftKey && from !== null ? from : to;
      mark(bars(), from, to);
    }
    if (event.key === "Enter" && from !== null) show(between(bars(), from, to));
  });
}
