import { causeOf } from "../../domain/evidence.ts";
import { printable } from "../../lib/printable.ts";
import type { HubEvidence, HubProcess } from "../../protocol/hub.ts";
import { defineCliCommand } from "../cli-command.ts";
import { localTime } from "../local-time.ts";
import { isForPrograms } from "../output/output-format.ts";
import { printRows } from "../output/print-rows.ts";
import type { Column } from "../output/table.ts";
import { selectTargets } from "../select/select-targets.ts";
import { unknownLine } from "../select/unknown-line.ts";

type Told = HubProcess & { readonly evidence?: (HubEvidence & { readonly at: number }) | null };

const causeWords = ({ evidence }: Told): string =>
  (evidence && causeOf({ exitCode: evidence.exit_code, signal: evidence.signal })) ?? "";

const COLUMNS: readonly Column<Told>[] = [
  { title: "UID", value: ({ uid }) => uid },
  { title: "STATE", value: ({ statename }) => statename },
  { title: "DIED", value: ({ evidence }) => (evidence ? localTime(evidence.at) : "") },
  { title: "CAUSE", value: causeWords },
  { title: "RAN_MS", value: ({ evidence }) => String(evidence?.ran_ms ?? "") },
  { title: "SPAWNERR", value: ({ spawnerr }) => spawnerr },
];

export const why = defineCliCommand({
  name: "why",
  summary: "Why processes died last, and what they wrote at the end",
  details: [
    "Known of every end that was not expected and of starts that failed: exit code or signal, how long it ran, its memory, and the last lines of stderr and stdout. What is not known is left out.",
  ],
  examples: ["why wcid00a", "why state:fatal", "why 'lid001:*' --json"],
  words: { usage: "PATTERN…", completes: ["process"], least: 1 },
  exitCodes: [[1, "no such process, or nothing is known of any of them"]],
  async run(context, _, words) {
    const { processes, refused } = selectTargets((await context.hub().data(context.signal)).answer, words);
    for (const { word } of refused) context.err(unknownLine(word));
    const told: Told[] = [];
    for (const { uid } of processes) {
      const path = `/api/process/info/${encodeURIComponent(uid)}`;
      const response = await context.hub().fetch({ path, signal: context.signal });
      told.push((await response.json()) as Told);
    }
    if (isForPrograms(context.output)) await printRows(context, told, COLUMNS);
    else for (const one of told) await context.out(`${linesOf(one).map(printable).join("\n")}\n`);
    return refused.length === 0 && told.some(isKnown) ? 0 : 1;
  },
});

const isKnown = ({ evidence, spawnerr }: Told): boolean => evidence != null || spawnerr !== "";

function linesOf(one: Told): string[] {
  const { uid, statename, evidence, spawnerr } = one;
  const head = `${uid}  ${statename}`;
  if (evidence == null) return [spawnerr === "" ? `${head}  nothing is known of a death` : `${head}  ${spawnerr}`];
  const facts = [
    causeWords(one) || "cause not known",
    evidence.ran_ms === null ? "" : `after ${evidence.ran_ms / 1_000} s`,
    evidence.rss_bytes === null ? "" : `${Math.round(evidence.rss_bytes / 2 ** 20)} MB`,
    localTime(evidence.at),
  ];
  return [
    `${head}  ${facts.filter((fact) => fact !== "").join(", ")}`,
    ...(spawnerr === "" ? [] : [`  ${spawnerr}`]),
    ...tailLines("stderr", evidence.stderr_tail),
    ...tailLines("stdout", evidence.stdout_tail),
  ];
}

const tailLines = (name: string, tail: string | null): string[] =>
  tail === null || tail.trim() === ""
    ? []
    : [
        `  ${name}:`,
        ...tail
          .trimEnd()
          .split("\n")
          .map((line) => `    ${line.trimEnd()}`),
      ];
