import type { HistoryPage } from "../../protocol/hub.ts";
import { type HistoryParameters, parseHistoryQuery } from "../store/history-query.ts";
import type { Store } from "../store/store.ts";
import type { LatestLines } from "./pages-live.ts";

const MOST = "40";

/** A name is meant exactly, whatever pattern it may look like. */
const exactly = (name: string): string => name.replaceAll(/[[?*]/g, "[$&]");

/** What the pages of one process and of one supervisor show of the history. */
export function latestLines(store: Pick<Store, "history">): LatestLines {
  const read = (parameters: HistoryParameters): HistoryPage["items"] =>
    store.history(parseHistoryQuery({ ...parameters, limit: MOST })).items;
  return {
    ofProcess: (uid) => read({ uid: exactly(uid), kind: "transition,gap,command" }),
    ofSupervisor: (name) => read({ supervisor: exactly(name), kind: "transition,gap,supervisor,link,group,command" }),
  };
}
