import { dayStrip } from "../day-strip.ts";
import type { Action } from "../process-look.ts";
import { countText, cpuText, memoryText, readFigures } from "../row-figures.ts";
import { fleetTexts } from "../texts/fleet.ts";
import { stateTexts } from "../texts/states.ts";

/** Rows whose figures are newer than what they show: written when they are looked at. */
const behind = new Set<HTMLElement>();
let watching: IntersectionObserver | null = null;
const inSight = new Set<Element>();

function write(row: HTMLElement, name: string, text: string): void {
  const cell = row.querySelector(`.${name}`);
  if (cell !== null && cell.textContent !== text) cell.textContent = text;
}

const CELLS = ["cpu", "mem", "re", "past", "acts"];

function actButton(action: Action | "more"): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = action === "more" ? "act more" : "act";
  button.dataset.act = action;
  button.setAttribute("aria-label", action === "more" ? stateTexts.more : stateTexts.actions[action]);
  return button;
}

function logLink(row: HTMLElement): HTMLAnchorElement {
  const log = document.createElement("a");
  log.className = "act";
  log.dataset.act = "log";
  log.textContent = fleetTexts.log;
  log.setAttribute("href", `${row.querySelector(".name")?.getAttribute("href")}/log`);
  return log;
}

const isAction = (word: string): word is Action => word in stateTexts.actions;

/** Rows far down come without the cells of their figures, and without their buttons. */
export function completeRow(row: HTMLElement): void {
  const { acts } = row.dataset;
  if (acts === undefined) return;
  delete row.dataset.acts;
  const cells = CELLS.map((name) => {
    const cell = document.createElement("td");
    cell.className = name;
    return cell;
  });
  cells.at(-1)?.append(logLink(row), ...acts.split(" ").filter(isAction).map(actButton), actButton("more"));
  row.append(...cells);
}

function draw(row: HTMLElement): void {
  completeRow(row);
  const { cpu, rssKib, restarts, strip } = readFigures(row.dataset.f ?? "");
  write(row, "cpu", cpuText(cpu));
  write(row, "mem", memoryText(rssKib));
  write(row, "re", countText(restarts));
  const past = row.querySelector(".past");
  if (!(past instanceof HTMLElement) || past.dataset.cStrip === strip) return;
  past.dataset.cStrip = strip;
  // Made of the letters and numbers of the code alone.
  past.innerHTML = dayStrip(strip);
}

function drawIn(chunk: Element): void {
  for (const row of chunk.children)
    if (row instanceof HTMLElement && (behind.delete(row) || row.querySelector(".past svg") === null)) draw(row);
}

/** Only what is in sight, or nearly, is drawn. */
export function watchChunks(chunks: Iterable<HTMLElement>): void {
  watching ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) inSight.add(target);
        else inSight.delete(target);
        if (isIntersecting) drawIn(target);
      }
    },
    { rootMargin: "300px" },
  );
  for (const chunk of chunks) watching.observe(chunk);
}

/** Rows are in other places now. */
export function drawInSight(): void {
  for (const chunk of inSight) if (chunk.isConnected) drawIn(chunk);
}

/** These have changed, whatever of them. */
export function drawRows(rows: readonly HTMLElement[]): void {
  for (const row of rows) {
    if (row.parentElement !== null && inSight.has(row.parentElement)) draw(row);
    else behind.add(row);
  }
}

/** @param lines id of a row and its figures, parted by a tab */
export function takeFigures(lines: string): void {
  const changed: HTMLElement[] = [];
  for (const line of lines.split("\n")) {
    const [id = "", code = ""] = line.split("\t");
    const row = document.getElementById(id);
    if (row === null) continue;
    row.dataset.f = code;
    changed.push(row);
  }
  drawRows(changed);
}
