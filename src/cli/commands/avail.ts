import { messageOf } from "../../domain/errors.ts";
import type { HubProgram } from "../../protocol/hub-program.ts";
import { defineCliCommand } from "../cli-command.ts";
import { printRows } from "../output/print-rows.ts";
import type { Column } from "../output/table.ts";
import { selectSupervisors } from "../select/select-targets.ts";

const told = (value: string | number | null): string => (value === null ? "" : String(value));

const COLUMNS: readonly Column<HubProgram>[] = [
  { title: "UID", value: ({ uid }) => uid, shrinks: true },
  {
    title: "USE",
    value: ({ inuse }) => (inuse ? "in use" : "avail"),
    colour: ({ inuse }) => (inuse ? null : "yellow"),
  },
  { title: "START", value: ({ autostart }) => (autostart === null ? "" : autostart ? "auto" : "manual") },
  { title: "PRIORITY", value: ({ group_prio, process_prio }) => `${told(group_prio)}:${told(process_prio)}` },
  { title: "DIRECTORY", value: ({ directory }) => told(directory), isWide: true },
  { title: "COMMAND", value: ({ command }) => told(command) },
];

export const avail = defineCliCommand({
  name: "avail",
  summary: "The programs that supervisords have read, active or not",
  details: ["After `reread` this is what `update` would make of them."],
  examples: ["avail", "avail lid001"],
  words: { usage: "[SUPERVISOR…]", completes: ["supervisor"] },
  exitCodes: [
    [1, "no such supervisor"],
    [4, "one does not answer"],
  ],
  async run(context, _, words) {
    const { answer } = await context.hub().data(context.signal);
    const names = selectSupervisors(answer, words.length === 0 ? ["all"] : words);
    const asked = names.map(async (name) => {
      try {
        return await context.hub().programs(name, context.signal);
      } catch (error) {
        context.err(`${name}: ${messageOf(error)}`);
        return null;
      }
    });
    const answers = await Promise.all(asked);
    await printRows(
      context,
      answers.flatMap((programs) => programs ?? []),
      COLUMNS,
    );
    return answers.includes(null) ? 4 : 0;
  },
});
