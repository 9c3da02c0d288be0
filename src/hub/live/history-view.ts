import { updateCounts } from "../../views/frame-update.tsx";
import type { FleetView } from "../fleet-view.ts";
import { followAll } from "./follow-all.ts";
import type { PageMessage, PageView } from "./page-stream.ts";

/** The history tells that there is news, no more: each reader asks for what they are looking at. */
export function historyView(fleet: FleetView, basePath: string): PageView {
  const news = (): readonly PageMessage[] => [
    { data: updateCounts(fleet.supervisors(), basePath, "history") },
    { event: "news", data: String(fleet.version()) },
  ];
  return {
    ...followAll(fleet),
    key: () => fleet.version(),
    full: news,
    update: news,
  };
}
