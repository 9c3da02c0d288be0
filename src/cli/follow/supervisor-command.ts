import { printable } from "../../lib/printable.ts";
import type { ActionResult } from "../../protocol/hub.ts";
import type { SupervisorVerb } from "../../protocol/hub-client.ts";
import { type CliCommand, type CliContext, defineCliCommand } from "../cli-command.ts";
import { isForPrograms } from "../output/output-format.ts";
import { printRows } from "../output/print-rows.ts";
import { EXIT_INTERRUPTED } from "../run-cli-command.ts";
import { type GroupsOf, groupsWords, selectGroups } from "../select/select-groups.ts";
import { exitCodeOf } from "./exit-code-of.ts";

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
  /** does it take SUPERVISOR:GROUP? */
  readonly groups?: "maybe" | "must";
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
  groups,
}: Options): CliCommand =>
  defineCliCommand({
    ...{ name, summary, details },
    examples: examplesOf(name, allByDefault === true, groups),
    args: { yes: { type: "boolean", alias: "y", description: "Do not ask" } },
    words: {
      usage: USAGE[allByDefault ? "all" : (groups ?? "none")],
      completes: [groups === undefined ? "supervisor" : "group"],
      least: allByDefault ? 0 : 1,
    },
    exitCodes: [
      [1, "no such supervisor, refused"],
      [4, "a supervisor or the hub does not answer"],
      [130, "Ctrl-C; the hub goes on"],
    ],
    async run(context, args, words) {
      const { answer } = await context.hub().data(context.signal);
      const targets = selectGroups(answer, words.length === 0 ? ["all"] : words, groups ?? "none");
      if (question !== null && args.yes !== true && context.terminal.canAsk) {
        if (!(await context.ask(printable(`${question} ${targets.map(groupsWords).join(", ")}?`)))) {
          context.err("nothing done");
          return 1;
        }
      }
      const results = await send(context, verb, targets);
      if (results === null) return EXIT_INTERRUPTED;
      await print(context, results, lines);
      return exitCodeOf(
        name,
        results.map(({ ok, code = "FAILED" }) => ({ ok, code })),
      );
    },
  });

const USAGE = {
  all: "[SUPERVISOR…]",
  none: "SUPERVISOR…|all",
  maybe: "SUPERVISOR[:GROUP]…|all",
  must: "SUPERVISOR:GROUP…",
} as const;

function examplesOf(name: string, allByDefault: boolean, groups: Options["groups"]): string[] {
  if (groups === "must") return [`${name} lid001:PLC`, `${name} '*:PLC'`];
  const some = groups === "maybe" ? [`${name} lid001:PLC`] : [];
  return [`${name} lid001`, ...some, `${name} ${allByDefault ? "" : "all"}`.trim()];
}

/** @returns null after Ctrl-C */
async function send(context: CliContext, verb: SupervisorVerb, targets: readonly GroupsOf[]) {
  const alike = Map.groupBy(targets, ({ groups }) => JSON.stringify(groups));
  try {
    const answers = [...alike.values()].map((some) => {
      const names = some.map(({ supervisor }) => supervisor);
      const [{ groups: group } = { groups: [] }] = some;
      const more = group.length === 0 ? {} : { group };
      return context.hub().onSupervisors(verb, names, { more, signal: context.signal });
    });
    return withoutStrangers((await Promise.all(answers)).flat(), targets);
  } catch (error) {
    if (!context.signal.aborted) throw error;
    context.err(printable(`interrupted: the hub goes on with the ${verb} of ${targets.map(groupsWords).join(", ")}`));
    return null;
  }
}

/** Where a pattern named the supervisord, it need not have the group; one of all must. */
function withoutStrangers(results: readonly ActionResult[], targets: readonly GroupsOf[]): readonly ActionResult[] {
  const byPattern = new Set(targets.flatMap((target) => (target.byPattern ? [target.supervisor] : [])));
  const some = results.filter(({ code, supervisor = "" }) => code !== "BAD_NAME" || !byPattern.has(supervisor));
  return some.length > 0 ? some : results;
}

async function print(context: CliContext, results: readonly ActionResult[], lines: Options["lines"]): Promise<void> {
  if (isForPrograms(context.output)) {
    await printRows(context, results, [
      { title: "SUPERVISOR", value: ({ supervisor }) => supervisor ?? "" },
      ...(results.some(({ group }) => group !== undefined)
        ? [{ title: "GROUP", value: ({ group }: ActionResult) => group ?? "" }]
        : []),
      { title: "OK", value: ({ ok }) => String(ok) },
      { title: "CODE", value: ({ code }) => code ?? "" },
      { title: "MESSAGE", value: ({ message }) => message ?? "" },
    ]);
    return;
  }
  for (const result of results) {
    const what = result.group === undefined ? "" : `${result.group}: `;
    const failed = [`${what}ERROR (${result.message ?? result.code ?? "failed"})`];
    for (const line of result.ok ? lines(result) : failed)
      await context.out(`${printable(`${result.supervisor ?? ""}: ${line}`)}\n`);
  }
}
