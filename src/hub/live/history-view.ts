import type { FleetView } from "../fleet-view.ts";
import { followAll } from "./follow-all.ts";
import type { PageMessage, PageView } from "./page-stream.ts";

/** The history tells that there is news, no more: each reader asks for what they are looking at. */
export function historyView(fleet: FleetView, counts: () => string): PageView {
  const news = (): readonly PageMessage[] => [{ data: counts() }, { event: "news", data: String(fleet.version()) }];
  return {
    ...followAll(fleet),
    key: () => fleet.version(),
    full: news,
    update: news,
  };
}
