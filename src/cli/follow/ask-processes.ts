import type { ProcessVerb } from "../../protocol/hub-client.ts";
import type { CliContext } from "../cli-command.ts";
import { isForPrograms } from "../output/output-format.ts";
import { printRows } from "../output/print-rows.ts";
import { selectTargets } from "../select/select-targets.ts";
import { silentLines } from "../select/unknown-line.ts";
import { mayGoOn } from "./may-go-on.ts";
import { exitCodeOf } from "./exit-code-of.ts";
import { outcomeLine, outcomeOf, type Verb } from "./outcome.ts";
import { OUTCOME_COLUMNS } from "./outcome-columns.ts";
import { refusedOutcomes } from "./refused.ts";

/** For what supervisord does at once: the answer is the outcome. @param question asked above one target; null: never */
export async function askProcesses(
  context: CliContext,
  verb: Verb & ProcessVerb,
  words: readonly string[],
  more: Readonly<Record<string, string>>,
  question: string | null = null,
): Promise<number> {
  const { answer } = await context.hub().data(context.signal);
  const { processes, refused } = selectTargets(answer, words);
  const unknown = refused.map(({ word }) => word);
  for (const line of silentLines(answer, unknown)) context.err(line);
  if (question !== null && !(await mayGoOn(context, question, processes))) return 1;
  const uids = processes.map(({ uid }) => uid);
  const results =
    uids.length === 0 ? [] : await context.hub().onProcesses(verb, uids, { more, signal: context.signal });
  const outcomes = [...refusedOutcomes(refused), ...results.map(outcomeOf)];
  if (isForPrograms(context.output)) await printRows(context, outcomes, OUTCOME_COLUMNS);
  else for (const outcome of outcomes) await context.out(`${outcomeLine(verb, outcome)}\n`);
  return exitCodeOf(verb, outcomes);
}
