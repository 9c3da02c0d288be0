import type { HubProcess } from "../../protocol/hub.ts";
import { defineCliCommand } from "../cli-command.ts";
import { colourOfState } from "../output/colours.ts";
import { isForPrograms } from "../output/output-format.ts";
import { printRows } from "../output/print-rows.ts";
import type { Column } from "../output/table.ts";
import { statusReport } from "../status-report.ts";
import { statusRows } from "../status-rows.ts";
import { withUptimesOf } from "../uptimes.ts";

const COLUMNS: readonly Column<HubProcess>[] = [
  { title: "UID", value: ({ uid }) => uid },
  { title: "STATE", value: ({ statename }) => statename, colour: ({ statename }) => colourOfState(statename) },
  { title: "PID", value: ({ pid }) => (pid === 0 ? "" : String(pid)) },
  { title: "EXITSTATUS", value: ({ exitstatus }) => String(exitstatus) },
  { title: "HOST", value: ({ host }) => host },
  { title: "DESCRIPTION", value: ({ description }) => description },
  { title: "LOGFILE", value: ({ stdout_logfile }) => stdout_logfile },
];

export const status = defineCliCommand({
  name: "status",
  summary: "How the processes are, as supervisorctl says it",
  details: [
    "Without a pattern all processes of all hosts. Processes of a supervisor that does not answer are left out: how they are is not known, and a line on stderr says so.",
  ],
  examples: ["status", "status 'lid001:*' wcid00a 'PLC:*'", "status state:fatal host:web*", "status --output csv"],
  args: { "by-group": { type: "boolean", description: "A heading above the processes of each group" } },
  words: { usage: "[PATTERN…]", completes: ["process"] },
  exitCodes: [
    [0, "all that was asked for is started, or on its way"],
    [3, "something is STOPPED, EXITED, FATAL or UNKNOWN"],
    [4, "no such process, or a supervisor that does not answer"],
  ],
  async run(context, args, words) {
    const { answer, hubNowMs } = await context.hub().data(context.signal);
    const { processes, unknown, down, exitCode } = statusReport(withUptimesOf(hubNowMs, answer), words);
    if (isForPrograms(context.output)) for (const line of unknown) context.err(line);
    else if (unknown.length > 0) await context.out(`${unknown.join("\n")}\n`);
    if (context.output === "table") {
      const { colour, isTerminal, columns } = context.terminal;
      const byGroup = args["by-group"] ?? context.isPrompt;
      const rows = statusRows(processes, { colour, byGroup, columns: isTerminal ? columns() : null });
      if (rows.length > 0) await context.out(`${rows.join("\n")}\n`);
    } else await printRows(context, processes, COLUMNS);
    for (const line of down) context.err(line);
    return exitCode;
  },
});
