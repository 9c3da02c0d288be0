import { defineCliCommand } from "../cli-command.ts";
import { askProcesses } from "../follow/ask-processes.ts";

export const signal = defineCliCommand({
  name: "signal",
  summary: "Send a signal to processes",
  details: ["SIGNAL as supervisorctl takes it: HUP, SIGHUP, hup or a number. What is sent is not followed."],
  examples: ["signal HUP lid001:PLC:wcid00a", "signal USR1 'PLC:*'"],
  words: { usage: "SIGNAL PATTERN…", completes: ["signal", "process"], least: 2 },
  exitCodes: [
    [1, "no such process, bad signal name"],
    [7, "a process does not run"],
  ],
  run: (context, _, [name = "", ...patterns]) => askProcesses(context, "signal", patterns, { signal: name }),
});
