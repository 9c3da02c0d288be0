import { defineCliCommand } from "../cli-command.ts";
import { askProcesses } from "../follow/ask-processes.ts";

export const clear = defineCliCommand({
  name: "clear",
  summary: "Empty the logs of processes, their backups included",
  details: ["On a terminal more than one target is asked about first."],
  examples: ["clear lid001:PLC:wcid00a"],
  args: { yes: { type: "boolean", alias: "y", description: "Do not ask" } },
  words: { usage: "PATTERN…", completes: ["process"], least: 1 },
  exitCodes: [[1, "no such process, no log file"]],
  run: (context, args, words) =>
    askProcesses(context, "clear", words, {}, args.yes === true ? null : "clear the logs of"),
});
