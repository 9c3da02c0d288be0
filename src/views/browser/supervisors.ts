import { startFilterBox } from "./filter-box.ts";
import { byId } from "./page.ts";
import { patchRows } from "./patch-rows.ts";
import { SUPERVISOR_ROWS } from "./supervisor-rows.ts";

/** The server puts them in order: what is filtered stays so. */
function keepFilterInSorts(): void {
  const text = byId<HTMLInputElement>("filter").value;
  for (const link of document.querySelectorAll<HTMLAnchorElement>("#rows a[data-sort]")) {
    const url = new URL(link.href);
    if (text.trim() === "") url.searchParams.delete("filter");
    else url.searchParams.set("filter", text);
    link.href = url.href;
  }
}

/** The table of supervisors: its rows come one by one. */
export function startSupervisors(): void {
  const filter = startFilterBox(() => {}, keepFilterInSorts, SUPERVISOR_ROWS);
  byId("stream").addEventListener("rows", (event) => {
    const html = (event as CustomEvent<{ data?: string }>).detail.data ?? "";
    if (html === "") return;
    if (document.getElementById("rows") === null) location.reload();
    else filter.applyTo(patchRows(html).changed);
  });
}
