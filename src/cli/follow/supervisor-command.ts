import { printable } from "../../lib/printable.ts";
import type { ActionResult } from "../../protocol/hub.ts";
import type { SupervisorVerb } from "../../protocol/hub-client.ts";
import { type CliCommand, type CliContext, defineCliCommand } from "../cli-command.ts";
import { isForPrograms } from "../output/output-format.ts";
import { printRows } from "../output/print-rows.ts";
import { EXIT_INTERRUPTED } from "../run-cli-command.ts";
import { selectSupervisors } from "../select/select-targets.ts";
import { exitCodeOf, outcomeOf } from "./outcome.ts";

type Options = {
  readonly name: string;
  readonly verb: SupervisorVerb;
  readonly summary: string;
  readonly details?: readonly string[];
  /** lines for one supervisor that did it */
  readonly lines: (result: ActionResult) => string[];
  /** asked about on a terminal: null, never; else the question's beginning */
  readonly question: string | null;
  /** do without names what is done to all */
  readonly allByDefault?: boolean;
};

/** What is done to whole supervisords. */
export const supervisorCommand = ({
  name,
  verb,
  summary,
  details = [],
  lines,
  question,
  allByDefault,
}: Options): CliCommand =>
  defineCliCommand({
    ...{ name, summary, details },
    examples: [`${name} lid001`, `${name} ${allByDefault ? "" : "all"}`.trim()],
    args: { yes: { type: "boolean", alias: "y", description: "Do not ask" } },
    words: {
      usage: allByDefault ? "[SUPERVISOR…]" : "SUPERVISOR…|all",
      completes: ["supervisor"],
      least: allByDefault ? 0 : 1,
    },
    exitCodes: [
      [1, "no such supervisor, refused"],
      [4, "a supervisor or the hub does not answer"],
      [130, "Ctrl-C; the hub goes on"],
    ],
    async run(context, args, words) {
      const { answer } = await context.hub().data(context.signal);
      const names = selectSupervisors(answer, words.length === 0 ? ["all"] : words);
      if (question !== null && args.yes !== true && context.terminal.canAsk) {
        if (!(await context.ask(printable(`${question} ${names.join(", ")}?`)))) {
          context.err("nothing done");
          return 1;
        }
      }
      const results = await send(context, verb, names);
      if (results === null) return EXIT_INTERRUPTED;
      await print(context, results, lines);
      return exitCodeOf("restart", results.map(outcomeOf));
    },
  });

/** @returns null after Ctrl-C */
async function send(context: CliContext, verb: SupervisorVerb, names: readonly string[]) {
  try {
    return await context.hub().onSupervisors(verb, names, { signal: context.signal });
  } catch (error) {
    if (!context.signal.aborted) throw error;
    context.err(printable(`interrupted: the hub goes on with the ${verb} of ${names.join(", ")}`));
    return null;
  }
}

async function print(context: CliContext, results: readonly ActionResult[], lines: Options["lines"]): Promise<void> {
  if (isForPrograms(context.output)) {
    await printRows(context, results, [
      { title: "SUPERVISOR", value: ({ supervisor }) => supervisor ?? "" },
      { title: "OK", value: ({ ok }) => String(ok) },
      { title: "CODE", value: ({ code }) => code ?? "" },
      { title: "MESSAGE", value: ({ message }) => message ?? "" },
    ]);
    return;
  }
  for (const result of results) {
    const failed = [`ERROR (${result.message ?? result.code ?? "failed"})`];
    for (const line of result.ok ? lines(result) : failed)
      await context.out(`${printable(`${result.supervisor ?? ""}: ${line}`)}\n`);
  }
}
