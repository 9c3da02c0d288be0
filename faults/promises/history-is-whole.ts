import type { HistoryItem } from "../../test/support/history.ts";
import type { TestHub } from "../../test/support/hub.ts";
import type { Aftermath, Promised } from "../promise.ts";
import { type Difference, difference } from "../stage/difference.ts";
import { trueMs } from "../stage/false-clock.ts";
import { MEMBERS } from "../stage/stage.ts";
import { announcedBy, historyOf, type Step, stepsOf, withPids } from "../stage/transitions.ts";
import { withoutOrder } from "../stage/without-order.ts";

/** Recorder and agent hear of the same event a moment apart. */
const SLACK_MS = 1_000;
/** When it was killed, supervisord may have handed to the one listener what the other never got. */
const SLACK_AT_DEATH_MS = 3_000;

const text = ({ process, step, atMs }: Step) => `${process} ${step} at ${new Date(atMs).toISOString()}`;
/** What both sides have of the same process at that time. */
const around = (at: Step, announced: readonly Step[], stored: readonly Step[]): string => {
  const near = (steps: readonly Step[]) =>
    steps.filter(({ process, atMs }) => process === at.process && Math.abs(atMs - at.atMs) < SLACK_MS);
  const told = (steps: readonly Step[]) =>
    near(steps)
      .map(({ step, atMs }) => `${step}@${atMs % 100_000}`)
      .join(", ");
  return `around it announced ${told(announced)}; stored ${told(stored)}`;
};
const list = (steps: readonly Step[]): string => steps.slice(0, 5).map(text).join(", ");

const compare = (announced: readonly Step[], stored: readonly Step[], wasStepped: boolean): Difference =>
  wasStepped ? withoutOrder(announced, stored) : difference(withPids(announced), withPids(stored));

const explains = (gap: HistoryItem, { atMs }: Step, slackMs = SLACK_MS): boolean =>
  gap.lost !== 0 && (gap.from ?? 0) - slackMs <= atMs && atMs <= gap.at + slackMs;

/** Gone with the history is what only that had: what the agent's journal had lost before. */
const isForgotten = ({ atMs }: Step, of: TestHub, name: string, { stage: { hub, lost } }: Aftermath): boolean =>
  of === hub && name.startsWith("alpha") && trueMs(atMs) <= lost.before;

async function brokenIn(hub: TestHub, name: string, announced: readonly Step[], after: Aftermath): Promise<string[]> {
  const items = await historyOf(hub, name);
  const reasons = new Set<string>(after.faultsSoFar.flatMap(({ mayLose = [] }) => mayLose));
  const gaps = items.filter((item) => item.kind === "gap" && reasons.has(item.reason ?? ""));
  const wasStepped = after.faultsSoFar.some(({ parts }) => parts.includes("alpha's clock")) && name.startsWith("alpha");
  const stored = stepsOf(items);
  const { missing, surplus } = compare(announced, stored, wasStepped);
  const silent = missing.filter(
    (step) => !isForgotten(step, hub, name, after) && !gaps.some((gap) => explains(gap, step)),
  );
  const deaths = gaps.filter(({ reason }) => reason === "supervisord_not_running");
  const invented = surplus.filter((step) => !deaths.some((gap) => explains(gap, step, SLACK_AT_DEATH_MS)));
  return [
    ...(silent.length > 0
      ? [
          `${silent.length} of ${announced.length} are missing and no gap says so: ${list(silent)}; ${around(silent[0] as Step, announced, stored)}`,
        ]
      : []),
    ...(invented.length > 0 ? [`${invented.length} were not announced, or not then: ${list(invented)}`] : []),
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
