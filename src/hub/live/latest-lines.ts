import type { Access } from "../../domain/access.ts";
import type { HistoryPage } from "../../protocol/hub.ts";
import { type HistoryParameters, parseHistoryQuery } from "../store/history-query.ts";
import type { Store } from "../store/store.ts";
import type { LatestLines } from "./pages-live.ts";

const MOST = "40";

/** A name is meant exactly, whatever pattern it may look like. */
const exactly = (name: string): string => name.replaceAll(/[[?*]/g, "[$&]");

/** What the pages of one process and of one supervisor show of the history. */
export function latestLines(store: Pick<Store, "history">): LatestLines {
  const read = (access: Access | null, parameters: HistoryParameters): HistoryPage["items"] =>
    store.history({ ...parseHistoryQuery({ ...parameters, limit: MOST }), access }).items;
  return {
    ofProcess: (uid, access) => read(access, { uid: exactly(uid), kind: "transition,gap,command" }),
    ofSupervisor: (name, access) =>
      read(access, { supervisor: exactly(name), kind: "transition,gap,supervisor,link,group,command" }),
  };
}
