import { openTestPlace } from "../test/support/test-place.ts";
import { throwDice } from "./dice.ts";
import type { Fault } from "./fault.ts";
import { comeToRest, runRound, takeFootprints, type Verdict } from "./run-round.ts";
import { dealRounds, type Pace } from "./schedule.ts";
import { openLogBook } from "./stage/log-book.ts";
import { openStage } from "./stage/stage.ts";

export type DeckResult = {
  /** how many promises were kept */
  readonly passed: number;
  /** those that were not, each with what was seen */
  readonly broken: readonly string[];
};

/**
 * All faults once, on one stage, in the order of the seed. The first round that breaks a promise is the last: what comes after
 * it would tell of the same again.
 */
export async function runDeck(
  seed: number,
  faults: readonly Fault[],
  pace: Pace,
  say: (line: string) => void,
): Promise<DeckResult> {
  const place = openTestPlace();
  const result = { passed: 0, broken: [] as string[] };
  const count = (verdicts: readonly Verdict[]) => {
    for (const { promise, problems } of verdicts) {
      if (problems.length === 0) result.passed++;
      else result.broken.push(`${promise}: ${problems.join("; ")}`);
      for (const problem of problems) say(`    BROKEN: ${promise}\n      ${problem}`);
    }
  };
  const fell = (error: unknown) =>
    count([{ promise: "the stage stands", problems: [error instanceof Error ? error.message : String(error)] }]);
  try {
    const stage = await openStage(place);
    await comeToRest(stage);
    const footprints = await takeFootprints(stage);
    const faultsSoFar: Fault[] = [];
    for (const round of dealRounds(seed, faults, pace)) {
      say(`  round ${round.number}`);
      const book = openLogBook(stage);
      try {
        const dice = throwDice(`${seed}/orders ${round.number}`);
        count(await runRound(round, { stage, dice, say }, { footprints, faultsSoFar }));
      } catch (error) {
        fell(error);
      }
      if (result.broken.length > 0) {
        say("    the logs of this round:");
        for (const { log, text } of book.lines()) say(`      ${log}: ${text}`);
        break;
      }
      faultsSoFar.push(...round.lanes.flat().map(({ fault }) => fault));
    }
  } catch (error) {
    fell(error); // before the first fault
  } finally {
    await place.close();
  }
  return result;
}
