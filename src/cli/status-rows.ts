import { printable } from "../lib/printable.ts";
import type { HubProcess } from "../protocol/hub.ts";
import { colourOfState, paint } from "./output/colours.ts";
import { fit, fitMiddle, padTo, widthOf } from "./output/width.ts";

const LEAST_NAME_WIDTH = 30;
const STATE_WIDTH = 10;
/** A narrow terminal cuts names, so that the state and the beginning of what is known besides are seen. */
const LEAST_CUT = 16;
const LEAST_REST = 12;

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
  const { columns } = look;
  const longest = processes.reduce((most, { uid }) => Math.max(most, widthOf(printable(uid))), LEAST_NAME_WIDTH) + 3;
  const width = columns === null ? longest : Math.min(longest, Math.max(LEAST_CUT, columns - STATE_WIDTH - LEAST_REST));
  const row = (process: HubProcess) => statusRow(process, width, look);
  if (!look.byGroup) return processes.map(row);
  return [...Map.groupBy(processes, ({ group }) => group)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([group, members]) => [paint(printable(group), "bold", look.colour), ...members.map(row)]);
}

function statusRow(process: HubProcess, width: number, { colour, columns }: StatusLook): string {
  const head = padTo(fitMiddle(printable(process.uid), width - 1), width);
  const state = process.statename.padEnd(STATE_WIDTH);
  const plain = fit(`${head}${state}${printable(process.description)}`.trimEnd(), columns);
  if (!colour || plain.length < head.length + process.statename.length) return plain;
  const end = head.length + process.statename.length;
  return head + paint(process.statename, colourOfState(process.statename), true) + plain.slice(end);
}
