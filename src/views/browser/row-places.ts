import { breather } from "./breathe.ts";

/** As many rows as the server puts together. */
const CHUNK = 50;

export const chunksOf = (table: HTMLElement): HTMLElement[] => [...table.querySelectorAll<HTMLElement>("tbody.chunk")];

/** Where the next new row goes. */
export function openPlaces(): HTMLElement {
  const table = document.getElementById("rows");
  if (table === null) return document.createElement("tbody");
  const plain = table.querySelector<HTMLElement>("tbody:not(.chunk)");
  if (plain !== null) return plain;
  const last = chunksOf(table).at(-1);
  if (last !== undefined && last.children.length < CHUNK) return last;
  const chunk = document.createElement("tbody");
  chunk.className = "chunk";
  table.append(chunk);
  return chunk;
}

/** Tells the style sheet how high a chunk is that has not been laid out yet. */
export function sizeChunk(chunk: HTMLElement): number {
  let shown = 0;
  for (const row of chunk.children) if (!row.hasAttribute("data-c-hide")) shown++;
  if (shown !== CHUNK) chunk.style.setProperty("--n", String(shown));
  else if (chunk.style.length > 0) chunk.style.removeProperty("--n");
  chunk.toggleAttribute("data-c-hide", shown === 0);
  return shown;
}

/** @param rows all rows of the table, in their new order */
export async function placeRows(table: HTMLElement, rows: readonly HTMLElement[]): Promise<void> {
  const breathe = breather();
  const chunks = chunksOf(table);
  for (let i = 0; i < rows.length; i += CHUNK) {
    let chunk = chunks[i / CHUNK];
    if (chunk === undefined) {
      chunk = document.createElement("tbody");
      chunk.className = "chunk";
      table.append(chunk);
    }
    const own = rows.slice(i, i + CHUNK);
    if (own.length !== chunk.children.length || own.some((row, n) => row !== chunk?.children[n])) {
      chunk.replaceChildren(...own);
      sizeChunk(chunk);
    }
    await breathe();
  }
  for (const chunk of chunks.slice(Math.ceil(rows.length / CHUNK))) chunk.remove();
}
