import { createBroadcast } from "../../lib/broadcast.ts";
import type { StoreStatus } from "../store/store.ts";

export type HistoryProblem = {
  /** for people, on one line; null: the history is written */
  readonly now: () => string | null;
  readonly follow: (tell: () => void) => () => void;
};

/** Whether the history is written, for pages that are open. @property changed to be called when the status is another */
export function createHistoryProblem(status: () => StoreStatus): HistoryProblem & { readonly changed: () => void } {
  const { publish, subscribe } = createBroadcast<void>();
  return {
    now() {
      const found = status();
      return found.ok ? null : found.reason;
    },
    follow: subscribe,
    changed: () => publish(),
  };
}
