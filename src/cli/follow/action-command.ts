import { printable } from "../../lib/printable.ts";
import type { HubProcess } from "../../protocol/hub.ts";
import { type CliCommand, type CliContext, defineCliCommand } from "../cli-command.ts";
import { durationMs } from "../duration.ts";
import { isForPrograms } from "../output/output-format.ts";
import { printRows } from "../output/print-rows.ts";
import { EXIT_INTERRUPTED } from "../run-cli-command.ts";
import { selectTargets } from "../select/select-targets.ts";
import { silentLines } from "../select/unknown-line.ts";
import { mayGoOn } from "./may-go-on.ts";
import { exitCodeOf } from "./exit-code-of.ts";
import { type Action, type Outcome, outcomeLine } from "./outcome.ts";
import { OUTCOME_COLUMNS } from "./outcome-columns.ts";
import { perform } from "./perform.ts";
import { refusedOutcomes } from "./refused.ts";

type Options = { readonly name: Action; readonly summary: string; readonly details?: readonly string[] };

/** start, stop and restart. */
export const actionCommand = ({ name, summary, details = [] }: Options): CliCommand =>
  defineCliCommand({
    ...{ name, summary },
    details: [
      "Waits until the outcome of each target is known: RUNNING after startsecs, STOPPED, or what went wrong. On a terminal a line for each tells how it stands, and more than one target is asked about first.",
      "The multivisor agents are left alone unless named by their exact uid.",
      ...details,
    ],
    examples: [`${name} lid001:PLC:wcid00a`, `${name} 'PLC:*' --dry-run`, `${name} state:fatal host:web* --yes`],
    args: {
      wait: { type: "boolean", description: "--no-wait: return when the hub has it" },
      timeout: { type: "string", valueHint: "TIME", description: "Stop waiting after 90, 90s, 5m; the hub goes on" },
      "dry-run": { type: "boolean", description: "Say what it would be done to, and do nothing" },
      yes: { type: "boolean", alias: "y", description: "Do not ask" },
    },
    words: { usage: "PATTERN…", completes: ["process"], least: 1 },
    exitCodes: [
      [0, `all done; what is ${name === "stop" ? "not running" : "already started"} counts as done`],
      [1, "no such process, refused"],
      ...(name === "stop" ? [] : [[2, "no such group"] as const]),
      [4, "a supervisor or the hub does not answer, or the outcome did not come in time"],
      [7, "a process did not start: spawn error, abnormal termination"],
      [130, "Ctrl-C; the hub goes on"],
    ],
    async run(context, args, words) {
      const timeoutMs = args.timeout === undefined ? null : durationMs("--timeout", args.timeout);
      const { answer } = await context.hub().data(context.signal);
      const { processes, refused } = selectTargets(answer, words);
      const refusals = refusedOutcomes(refused);
      const unknown = refused.map(({ word }) => word);
      for (const line of silentLines(answer, unknown)) context.err(line);
      if (args["dry-run"] === true) return dryRun(context, name, processes, refusals);
      if (!isForPrograms(context.output)) for (const one of refusals) await context.out(`${outcomeLine(name, one)}\n`);
      if (processes.length === 0) return finish(context, name, refusals, refusals.length === 0);
      if (args.yes !== true && !(await mayGoOn(context, name, processes))) return 1;
      const { outcomes, isInterrupted } = await perform(context, name, processes, {
        wait: args.wait !== false,
        timeoutMs,
      });
      const code = await finish(context, name, [...refusals, ...outcomes], false);
      return isInterrupted ? EXIT_INTERRUPTED : code;
    },
  });

async function finish(context: CliContext, name: Action, outcomes: readonly Outcome[], isNothing: boolean) {
  if (isForPrograms(context.output)) await printRows(context, outcomes, OUTCOME_COLUMNS);
  if (isNothing) context.err(`nothing to ${name}: no process is like that now`);
  return exitCodeOf(name, outcomes);
}

async function dryRun(
  context: CliContext,
  name: Action,
  processes: readonly HubProcess[],
  refusals: readonly Outcome[],
) {
  if (isForPrograms(context.output)) {
    const would = processes.map(({ uid, statename }) => ({
      uid,
      ok: true,
      state: statename,
      message: `would ${name}`,
    }));
    await printRows(context, [...refusals, ...would], OUTCOME_COLUMNS);
  } else {
    const lines = [
      ...refusals.map((one) => outcomeLine(name, one)),
      ...processes.map(({ uid, statename }) => printable(`${uid}: would ${name}, it is ${statename}`)),
    ];
    if (lines.length > 0) await context.out(`${lines.join("\n")}\n`);
  }
  return exitCodeOf(name, refusals);
}
