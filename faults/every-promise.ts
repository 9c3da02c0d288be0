import type { Promised } from "./promise.ts";
import { fleetIsTrue } from "./promises/fleet-is-true.ts";
import { historyIsWhole } from "./promises/history-is-whole.ts";
import { nothingLeaks } from "./promises/nothing-leaks.ts";
import { oneClearLine } from "./promises/one-clear-line.ts";
import { ordersAreDoneOnce } from "./promises/orders-are-done-once.ts";

export const EVERY_PROMISE: readonly Promised[] = [
  historyIsWhole,
  fleetIsTrue,
  ordersAreDoneOnce,
  nothingLeaks,
  oneClearLine,
];
