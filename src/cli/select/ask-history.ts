import type { CliContext } from "../cli-command.ts";
import { historyPatterns } from "./history-patterns.ts";
import { unknownLine } from "./unknown-line.ts";

/** Questions under way at the same time. */
const AT_ONCE = 8;

/**
 * The history's answers for the patterns, one question for each: it takes one at a time. Says which words nothing bears, now
 * or in what is answered.
 * @returns exit code 1 where there are such words
 */
export async function askHistory<T>(
  context: CliContext,
  words: readonly string[],
  ask: (uid: string) => Promise<readonly T[]>,
): Promise<{ readonly rows: readonly T[]; readonly exitCode: number }> {
  const patterns = historyPatterns((await context.hub().data(context.signal)).answer, words);
  const answers: (readonly T[])[] = [];
  for (let i = 0; i < patterns.length; i += AT_ONCE)
    answers.push(...(await Promise.all(patterns.slice(i, i + AT_ONCE).map(({ uid }) => ask(uid)))));
  const unknown = patterns.filter(({ isUnknown }, i) => isUnknown && answers[i]?.length === 0);
  for (const { word } of unknown) context.err(unknownLine(word));
  return { rows: answers.flat(), exitCode: unknown.length > 0 ? 1 : 0 };
}
