import { byId } from "./page.ts";
import { patchRows } from "./patch-rows.ts";

/** The table of supervisors: its rows come one by one. */
export function startSupervisors(): void {
  byId("stream").addEventListener("rows", (event) => {
    const html = (event as CustomEvent<{ data?: string }>).detail.data ?? "";
    if (html === "") return;
    if (document.getElementById("rows") === null) location.reload();
    else patchRows(html);
  });
}
