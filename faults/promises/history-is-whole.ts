import type { TestHub } from "../../test/support/hub.ts";
import type { HistoryItem } from "../../test/support/history.ts";
import type { Aftermath, Promised } from "../promise.ts";
import { MEMBERS } from "../stage/stage.ts";
import { announcedBy, historyOf, type Step, stepsOf } from "../stage/transitions.ts";

/** Recorder and agent hear of the same event a moment apart. */
const SLACK_MS = 1_000;
/** What supervisord may have handed to the one listener and not to the other when it was killed. */
const MOST_AT_DEATH = 20;
const SEGMENT_MS = 1_800_000;

const key = ({ process, step }: Step) => `${process} ${step}`;

/** What the first has more than the second, however often each is in it. */
function more(these: readonly Step[], than: readonly Step[]): Step[] {
  const counts = new Map<string, number>();
  for (const step of than) counts.set(key(step), (counts.get(key(step)) ?? 0) + 1);
  return these.filter((step) => {
    const left = counts.get(key(step)) ?? 0;
    counts.set(key(step), left - 1);
    return left <= 0;
  });
}

/** Of one process, in the order of `truth`; those that truth does not have are passed over. */
function isInOrder(steps: readonly Step[], truth: readonly Step[]): boolean {
  let at = 0;
  const known = new Set(truth.map(key));
  for (const step of steps) {
    if (!known.has(key(step))) continue;
    const found = truth.findIndex((one, i) => i >= at && key(one) === key(step));
    if (found < 0) return false;
    at = found + 1;
  }
  return true;
}

/** History goes by time: where a clock was an hour off, that hour lies elsewhere. */
const segmentOf = ({ atMs }: Step, openedMs: number): number =>
  Math.floor((atMs - openedMs + SEGMENT_MS / 2) / SEGMENT_MS);

function disorder(stored: readonly Step[], announced: readonly Step[], openedMs: number): string[] {
  const truth = Map.groupBy(announced, ({ process }) => process);
  const parts = Map.groupBy(stored, (step) => `${step.process} ${segmentOf(step, openedMs)}`);
  return [...parts.values()]
    .filter((steps) => !isInOrder(steps, truth.get(steps[0]?.process ?? "") ?? []))
    .map((steps) => `${steps[0]?.process} is not in the order in which it was announced`);
}

const explains = (gap: HistoryItem, { atMs }: Step): boolean =>
  gap.lost !== 0 && (gap.from ?? 0) - SLACK_MS <= atMs && atMs <= gap.at + SLACK_MS;

const list = (steps: readonly Step[]): string =>
  steps
    .slice(0, 5)
    .map((step) => `${key(step)} at ${new Date(step.atMs).toISOString()}`)
    .join(", ");

async function brokenIn(hub: TestHub, name: string, announced: readonly Step[], after: Aftermath): Promise<string[]> {
  const items = await historyOf(hub, name);
  const stored = stepsOf(items);
  const allowed = new Set(after.faultsSoFar.flatMap(({ mayLose = [] }) => mayLose) as string[]);
  const gaps = items.filter((item) => item.kind === "gap" && allowed.has(item.reason ?? ""));
  const missing = more(announced, stored).filter((step) => !gaps.some((gap) => explains(gap, step)));
  const surplus = more(stored, announced);
  const most = allowed.has("supervisord_not_running") ? MOST_AT_DEATH : 0;
  return [
    ...(missing.length > 0
      ? [`${missing.length} of ${announced.length} are missing and no gap says so: ${list(missing)}`]
      : []),
    ...(surplus.length > most ? [`${surplus.length} more than were announced: ${list(surplus)}`] : []),
    ...disorder(stored, announced, after.openedMs),
  ].map((problem) => `${name}: ${problem}`);
}

export const historyIsWhole: Promised = {
  name: "what supervisord handed to an agent is in the history, once and in order",
  async broken(after) {
    const { hub, secondHub } = after.stage;
    const first = MEMBERS.filter(({ exact }) => exact).map(({ name, host }) =>
      brokenIn(hub, name, announcedBy(after.stage[host]), after),
    );
    const second = brokenIn(secondHub, "alpha", announcedBy(after.stage.alpha), after);
    const problems = await Promise.all([...first, second.then((all) => all.map((one) => `second hub: ${one}`))]);
    return problems.flat();
  },
};
