import { updateCounts } from "../../views/frame-update.tsx";
import type { FleetView } from "../fleet-view.ts";
import { later } from "./later.ts";
import type { PageMessage, PageView } from "./page-stream.ts";

/** The history tells that there is news, no more: each reader asks for what they are looking at. */
export function historyView(fleet: FleetView, basePath: string): PageView {
  let end = () => {};
  const news = (): readonly PageMessage[] => [
    { data: updateCounts(fleet.supervisors(), basePath, "history") },
    { event: "news", data: String(fleet.version()) },
  ];
  return {
    open(onChange) {
      const again = later(onChange);
      const unsubscribe = fleet.subscribe((change) => {
        if (change.kind === "notification") return;
        onChange();
        again.start();
      });
      end = () => {
        unsubscribe();
        again.stop();
      };
    },
    close: () => end(),
    key: () => fleet.version(),
    full: news,
    update: news,
  };
}
