import type { HubSupervisor } from "../../protocol/hub.ts";
import { defineCliCommand } from "../cli-command.ts";
import { localTime } from "../local-time.ts";
import type { Colour } from "../output/colours.ts";
import { printRows } from "../output/print-rows.ts";
import type { Column } from "../output/table.ts";
import { isLive } from "../select/known-fleet.ts";
import { selectSupervisors } from "../select/select-targets.ts";

const statusOf = (one: HubSupervisor): string => one.link?.status ?? (one.running ? "live" : "down");

const COLOUR: Readonly<Record<string, Colour>> = { live: "green", down: "red", connecting: "yellow" };

const count = (one: HubSupervisor, isCounted: (state: string) => boolean): number =>
  Object.values(one.processes).filter(({ statename }) => isCounted(statename)).length;

const COLUMNS: readonly Column<HubSupervisor>[] = [
  { title: "NAME", value: ({ name }) => name },
  { title: "LINK", value: statusOf, colour: (one) => COLOUR[statusOf(one)] ?? null },
  { title: "RUNNING", value: (one) => (isLive(one) ? String(count(one, (state) => state === "RUNNING")) : "") },
  { title: "PROCESSES", value: (one) => (isLive(one) ? String(count(one, () => true)) : "") },
  { title: "KIND", value: ({ link }) => link?.kind ?? "" },
  { title: "SINCE", value: ({ link }) => (link === undefined ? "" : localTime(link.since)) },
  { title: "VERSION", value: ({ supervisor_version }) => supervisor_version ?? "" },
  { title: "AGENT", value: ({ agent_version }) => agent_version ?? "" },
  { title: "PID", value: ({ pid }) => (pid === null ? "" : String(pid)), isWide: true },
  { title: "IDENTIFICATION", value: ({ identification }) => identification ?? "", isWide: true },
  { title: "URL", value: ({ url }) => url, isWide: true },
  { title: "CANNOT", value: ({ link }) => link?.cannot?.join("; ") ?? "", isWide: true },
  { title: "REASON", value: ({ link }) => link?.reason ?? "" },
];

export const supervisors = defineCliCommand({
  name: "supervisors",
  summary: "The supervisords, and how the hub stands to them",
  examples: ["supervisors", "supervisors 'lid*' --output wide"],
  words: { usage: "[NAME…]", completes: ["supervisor"] },
  exitCodes: [
    [0, "all of them answer"],
    [1, "no such supervisor"],
    [4, "one does not answer"],
  ],
  async run(context, _, words) {
    const { answer } = await context.hub().data(context.signal);
    const names = selectSupervisors(answer, words.length === 0 ? ["all"] : words);
    const some = names.flatMap((name) => answer.supervisors[name] ?? []);
    await printRows(context, some, COLUMNS, ({ processes, ...one }) => ({
      ...one,
      processes: Object.keys(processes).length,
    }));
    return some.every(isLive) ? 0 : 4;
  },
});
