import type { ProcessUid } from "../../domain/names.ts";
import type { Fleet } from "../fleet.ts";
import type { ProcessResult } from "./action-result.ts";
import type { Follower, ProcessAction } from "./follow-outcome.ts";

/** Longer than any stopwaitsecs that makes sense; after that the states alone tell. */
const LATEST_MS = 3_600_000;

const DONE: Readonly<Record<ProcessAction, string>> = { start: "Started", stop: "Stopped", restart: "Restarted" };

const isPending = (result: ProcessResult): boolean => result.ok === false && result.pending === true;

/**
 * Tells of the outcomes that nobody waited for any longer, when they come. Resolves when all have come, or will not.
 * @param startMs when the action began, hub's clock
 */
export async function tellLater(
  { fleet, follower, nowMs = Date.now }: { fleet: Fleet; follower: Follower; nowMs?: () => number },
  action: ProcessAction,
  results: readonly ProcessResult[],
  startMs: number,
): Promise<void> {
  const late = results.filter(isPending).map(async ({ uid }) => {
    const result = await follower.outcome(action, uid as ProcessUid, LATEST_MS);
    const { name, supervisor } = fleet.process(uid as ProcessUid) ?? { name: uid, supervisor: "" };
    const where = supervisor === "" ? name : `${name} on ${supervisor}`;
    const after = `after ${Math.round((nowMs() - startMs) / 1_000)} s`;
    if (result.ok) fleet.notify(`${DONE[action]} ${where} ${after}`, "INFO");
    else if (!isPending(result)) fleet.notify(`Error trying to ${action} ${where}! ${result.message}`, "ERROR");
  });
  await Promise.all(late);
}
