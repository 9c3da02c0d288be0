import { drawInSight, drawRows, takeFigures, watchChunks } from "./figures.ts";
import { startFilterBox } from "./filter-box.ts";
import { base, byId } from "./page.ts";
import { patchRows } from "./patch-rows.ts";
import { chunksOf, sizeChunk } from "./row-places.ts";
import { showSelection } from "./selection.ts";
import { startSortRows } from "./sort-rows.ts";

/** One has stopped typing. */
const TYPED_MS = 250;

const PART = ["data-part", "data-total", "aria-rowcount"];

/** How much of the fleet the rows are. */
function showPart(table: HTMLElement, fresh: HTMLElement, page: Document): void {
  for (const name of PART) {
    const value = fresh.getAttribute(name);
    if (value === null) table.removeAttribute(name);
    else table.setAttribute(name, value);
  }
  const [old, now] = [byId("part"), page.getElementById("part")];
  old.hidden = now?.hidden ?? true;
  old.textContent = now?.textContent ?? "";
}

/** The table of all processes: rows change in place, one by one; only what was missed for long is fetched anew. */
export function startProcesses(): void {
  const table = document.getElementById("rows");
  const on = (name: string, act: (data: string) => void) =>
    byId("stream").addEventListener(name, (event) => act((event as CustomEvent<{ data?: string }>).detail.data ?? ""));
  if (table === null) {
    // Empty so far: the first row makes it another page. Each connection begins with those that were missed, often none.
    on("rows", (html) => html === "" || location.reload());
    on("resync", () => location.reload());
    return;
  }
  const isPart = () => table.dataset.part !== undefined;
  let asking: ReturnType<typeof setTimeout> | undefined;
  /** Of a part of the fleet the server looks for what matches, and for what comes first. */
  const ask = (afterMs: number): boolean => {
    clearTimeout(asking);
    if (isPart()) asking = setTimeout(() => soon(() => void resync()), afterMs);
    return isPart();
  };
  const order = startSortRows(
    table,
    () => {
      for (const act of waiting.splice(0)) act();
      drawInSight();
    },
    () => ask(0),
  );
  const filter = startFilterBox(showSelection, () => ask(TYPED_MS));
  for (const chunk of chunksOf(table)) sizeChunk(chunk);
  watchChunks(chunksOf(table));
  const waiting: (() => void)[] = [];
  const isWaiting = () => fetching || order.isBusy();
  const soon = (act: () => void) => (isWaiting() ? void waiting.push(act) : act());
  let fetching = false;

  const take = (html: string) => {
    if (html === "") return;
    const { changed, membership } = patchRows(html, (row) => !isPart() || row.dataset.trouble !== undefined);
    filter.applyTo(changed);
    drawRows(changed);
    if (membership) {
      showSelection();
      watchChunks(chunksOf(table));
    }
    order.disturb(membership);
  };
  const resync = async () => {
    if (fetching) return;
    fetching = true;
    try {
      const url = new URL(location.href);
      const response = await fetch(`${base()}/processes${url.search}`, { headers: { accept: "text/html" } });
      if (!response.ok) throw new Error(String(response.status));
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.getElementById("rows");
      if (fresh === null) return location.reload();
      for (const chunk of chunksOf(table)) chunk.remove();
      table.append(...chunksOf(fresh));
      showPart(table, fresh, page);
      watchChunks(chunksOf(table));
      filter.apply();
      showSelection();
    } catch {
      setTimeout(() => void resync(), 3_000);
    } finally {
      fetching = false;
      if (!order.isBusy()) for (const act of waiting.splice(0)) act();
    }
  };
  on("rows", (html) => soon(() => take(html)));
  on("figures", (lines) =>
    soon(() => {
      takeFigures(lines);
      order.disturbFigures();
    }),
  );
  on("resync", () => soon(() => void resync()));
}
