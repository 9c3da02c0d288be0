import { isExactUid } from "../domain/pattern.ts";
import { printable } from "../lib/printable.ts";
import type { HubData, HubProcess } from "../protocol/hub.ts";
import { downLine, downSupervisors, namesSupervisor } from "./down-lines.ts";
import { selectProcesses } from "./select-processes.ts";
import { statusRows } from "./status-rows.ts";

export type StatusReport = {
  /** lines of stdout, without line breaks */
  readonly out: readonly string[];
  /** of stderr */
  readonly err: readonly string[];
  readonly exitCode: number;
};

/** What makes supervisorctl's status answer 3. BACKOFF, STARTING and STOPPING do not. */
const STOPPED_STATES: readonly string[] = ["STOPPED", "EXITED", "FATAL", "UNKNOWN"];

const unknownLine = (pattern: string): string =>
  printable(`${pattern}: ERROR (no such ${/:\*?$/.test(pattern) && !isExactUid(pattern) ? "group" : "process"})`);

/** JSON.stringify escapes the control characters below space only. */
const printableJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replaceAll(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, escapeUnit);

const escapeUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** supervisorctl's order: a stopped process outweighs an unknown name, and so it does a host that does not answer. */
function exitCodeOf(processes: readonly HubProcess[], hasUnknown: boolean): number {
  if (processes.some((process) => STOPPED_STATES.includes(process.statename))) return 3;
  return hasUnknown ? 4 : 0;
}

/**
 * `multivisor cli status`. Processes of a supervisor that does not answer are left out: how they are is not known.
 * @param asJson print the processes as /api/data has them, one array
 */
export function statusReport(data: HubData, patterns: readonly string[], asJson: boolean): StatusReport {
  const supervisors = Object.values(data.supervisors);
  const notLive = new Set(downSupervisors(supervisors, []));
  const known = supervisors.flatMap((s) => (notLive.has(s) ? [] : Object.values(s.processes)));
  const { processes, unmatched } = selectProcesses(patterns, known);
  const down = downSupervisors(supervisors, patterns);
  // Nobody can say what a silent host has; its own line says that it is silent.
  const isOfSilent = (pattern: string) => down.some(({ name }) => namesSupervisor(pattern, name));
  const unknown = unmatched.filter((pattern) => !isOfSilent(pattern)).map(unknownLine);
  const rows = asJson ? [printableJson(processes)] : statusRows(processes);
  return {
    out: asJson ? rows : [...unknown, ...rows],
    err: [...(asJson ? unknown : []), ...down.map(downLine)],
    exitCode: exitCodeOf(processes, unknown.length + down.length > 0),
  };
}
