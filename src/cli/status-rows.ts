import { printable } from "../lib/printable.ts";
import type { HubProcess } from "../protocol/hub.ts";
import { colourOfState, paint } from "./output/colours.ts";
import { fit, padTo, widthOf } from "./output/width.ts";

const LEAST_NAME_WIDTH = 30;
const STATE_WIDTH = 10;

export type StatusLook = {
  readonly colour: boolean;
  /** characters of a line; null: nothing is cut */
  readonly columns: number | null;
  /** a heading above the processes of each group, as the prompt of Multivisor 6 had it */
  readonly byGroup: boolean;
};

export const PLAIN: StatusLook = { colour: false, columns: null, byGroup: false };

/** supervisorctl's columns (supervisorctl.py, _show_statuses), with uids in the place of names. */
export function statusRows(processes: readonly HubProcess[], look: StatusLook = PLAIN): string[] {
  const width = processes.reduce((most, { uid }) => Math.max(most, widthOf(printable(uid))), LEAST_NAME_WIDTH) + 3;
  const row = (process: HubProcess) => statusRow(process, width, look);
  if (!look.byGroup) return processes.map(row);
  return [...Map.groupBy(processes, ({ group }) => group)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([group, members]) => [paint(printable(group), "bold", look.colour), ...members.map(row)]);
}

function statusRow(process: HubProcess, width: number, { colour, columns }: StatusLook): string {
  const head = padTo(printable(process.uid), width);
  const state = process.statename.padEnd(STATE_WIDTH);
  const plain = fit(`${head}${state}${printable(process.description)}`.trimEnd(), columns);
  if (!colour || plain.length < head.length + process.statename.length) return plain;
  const end = head.length + process.statename.length;
  return head + paint(process.statename, colourOfState(process.statename), true) + plain.slice(end);
}
