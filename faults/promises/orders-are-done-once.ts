import type { Promised } from "../promise.ts";
import type { Order } from "../stage/orders.ts";

/** After that an order whose outcome nobody knew is done or will never be. */
const LATEST_MS = 15_000;

const wanted = ({ action }: Order): number => (action === "stop" ? 0 : 1);

const text = ({ host, worker, action, answer }: Order) =>
  `${action} of ${host}:worker:${worker} (told: ${answer.slice(0, 200)})`;

/** What one worker went through. */
function brokenFor(orders: readonly Order[]): string[] {
  const problems: string[] = [];
  let owed = 0;
  let owedUntilMs = 0;
  for (const order of orders) {
    const { told, startsBefore, startsAtAnswer, startsInTheEnd, atMs } = order;
    if (atMs > owedUntilMs) owed = 0;
    const begun = startsInTheEnd - startsBefore;
    const most = (told === "failed" ? 0 : wanted(order)) + owed;
    if (begun > most) problems.push(`${begun} starts where at most ${most} were asked for: ${text(order)}`);
    if (told === "failed" && startsInTheEnd > startsAtAnswer && owed === 0)
      problems.push(`done after its caller was told that it failed: ${text(order)}`);
    if (told === "unknown" && begun < wanted(order)) {
      owed = wanted(order);
      owedUntilMs = atMs + LATEST_MS;
    } else owed = Math.max(0, owed - Math.max(0, begun - wanted(order)));
  }
  return problems;
}

export const ordersAreDoneOnce: Promised = {
  name: "no command is done twice, or after its caller was told that it failed",
  broken({ orders }) {
    const byWorker = Map.groupBy(orders, ({ host, worker }) => `${host} ${worker}`);
    return [...byWorker.values()].flatMap(brokenFor);
  },
};
