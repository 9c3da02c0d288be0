import { MultivisorError } from "../../domain/errors.ts";
import { defineCliCommand } from "../cli-command.ts";
import { askProcesses } from "../follow/ask-processes.ts";

export const stdin = defineCliCommand({
  name: "stdin",
  summary: "Write to the standard input of processes",
  details: [
    "The text comes from --text, with a line break at its end, or is what this command reads from its own stdin.",
  ],
  examples: ["stdin --text 'reload' lid001:PLC:wcid00a", "stdin lid001:PLC:wcid00a < commands.txt"],
  args: { text: { type: "string", valueHint: "LINE", description: "What to write" } },
  words: { usage: "PATTERN…", completes: ["process"], least: 1 },
  exitCodes: [[1, "no such process, not running"]],
  async run(context, { text }, words) {
    if (text === undefined && (context.terminal.canAsk || context.isPrompt))
      throw new MultivisorError("BAD_CONFIG", "stdin: say what to write with --text, or pipe it in");
    const chars = text === undefined ? await Bun.stdin.text() : `${text}\n`;
    return askProcesses(context, "stdin", words, { chars });
  },
});
