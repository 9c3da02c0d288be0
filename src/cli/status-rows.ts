import { printable } from "../lib/printable.ts";
import type { HubProcess } from "../protocol/hub.ts";

const LEAST_NAME_WIDTH = 30;
const STATE_WIDTH = 10;

/** supervisorctl's columns (supervisorctl.py, _show_statuses), with uids in the place of names. */
export function statusRows(processes: readonly HubProcess[]): string[] {
  const names = processes.map((process) => printable(process.uid));
  const width = names.reduce((most, name) => Math.max(most, name.length), LEAST_NAME_WIDTH) + 3;
  return processes.map((process, i) =>
    `${names[i]?.padEnd(width)}${process.statename.padEnd(STATE_WIDTH)}${printable(process.description)}`.trimEnd(),
  );
}
