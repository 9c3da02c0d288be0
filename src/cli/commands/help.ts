import { MultivisorError } from "../../domain/errors.ts";
import { nearest } from "../../lib/nearest.ts";
import { defineCliCommand } from "../cli-command.ts";
import { allCommands, COMMANDS } from "../commands.ts";
import { commandHelp } from "../help/command-help.ts";
import { TOPICS } from "../help/topics.ts";

export const help = defineCliCommand({
  name: "help",
  summary: "What the commands do; help patterns, help exit-codes, help output, help prompt",
  examples: ["help", "help restart", "help exit-codes"],
  words: { usage: "[COMMAND|TOPIC]", completes: ["topic"], most: 1 },
  async run(context, _, [word]) {
    await context.out(`${(await linesOf(word)).join("\n")}\n`);
    return 0;
  },
});

async function linesOf(word: string | undefined): Promise<readonly string[]> {
  if (word === undefined) return overview();
  const topic = TOPICS[word];
  if (topic !== undefined) return topic.lines;
  const load = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined;
  if (load !== undefined) return commandHelp(await load());
  const meant = nearest(word, [...Object.keys(COMMANDS), ...Object.keys(TOPICS)]);
  throw new MultivisorError(
    "BAD_CONFIG",
    `no help on "${word}"${meant === null ? ": see help" : `: did you mean "${meant}"?`}`,
  );
}

async function overview(): Promise<string[]> {
  const rows = (await allCommands()).map(({ name, summary }) => [name, summary] as const);
  const topics = Object.entries(TOPICS).map(([name, { title }]) => [name, title] as const);
  const width = Math.max(...[...rows, ...topics].map(([name]) => name.length));
  const list = (some: readonly (readonly [string, string])[]) =>
    some.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
  return ["Commands (help COMMAND says more):", ...list(rows), "", "Topics:", ...list(topics)];
}
