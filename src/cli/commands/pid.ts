import { defineCliCommand } from "../cli-command.ts";
import { isForPrograms } from "../output/output-format.ts";
import { printRows } from "../output/print-rows.ts";
import { knownProcesses } from "../select/known-fleet.ts";
import { selectProcesses } from "../select/select-processes.ts";
import { unknownLine } from "../select/unknown-line.ts";

export const pid = defineCliCommand({
  name: "pid",
  summary: "The pids of processes; without a pattern, of the supervisords",
  details: ["One number a line, in the order of the patterns; 0 for a process that does not run."],
  examples: ["pid", "pid lid001:PLC:wcid00a", "pid all"],
  words: { usage: "[PATTERN…]", completes: ["process"] },
  exitCodes: [
    [1, "no such process"],
    [4, "a supervisor does not answer (without a pattern)"],
    [7, "a process that was named does not run"],
  ],
  async run(context, _, words) {
    const { answer } = await context.hub().data(context.signal);
    const supervisors = Object.values(answer.supervisors);
    if (words.length === 0) {
      const rows = supervisors.map(({ name, pid }) => ({ supervisor: name, pid: pid ?? 0 }));
      await printRows(context, rows, [
        { title: "SUPERVISOR", value: ({ supervisor }) => supervisor },
        { title: "PID", value: ({ pid }) => String(pid) },
      ]);
      return rows.every(({ pid }) => pid > 0) ? 0 : 4;
    }
    const names = supervisors.map(({ name }) => name);
    const { processes, unmatched } = selectProcesses(words, knownProcesses(answer), names);
    for (const word of unmatched) context.err(unknownLine(word));
    const rows = processes.map(({ uid, pid }) => ({ uid, pid }));
    if (isForPrograms(context.output)) {
      await printRows(context, rows, [
        { title: "UID", value: ({ uid }) => uid },
        { title: "PID", value: ({ pid }) => String(pid) },
      ]);
    } else if (rows.length > 0) await context.out(rows.map(({ pid }) => `${pid}\n`).join(""));
    if (unmatched.length > 0) return 1;
    return !words.includes("all") && rows.some(({ pid }) => pid === 0) ? 7 : 0;
  },
});
