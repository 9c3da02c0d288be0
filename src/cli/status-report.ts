import type { HubData, HubProcess } from "../protocol/hub.ts";
import { downLine, downSupervisors } from "./down-lines.ts";
import { knownProcesses, namesSupervisor } from "./select/known-fleet.ts";
import { selectProcesses } from "./select/select-processes.ts";
import { unknownLine } from "./select/unknown-line.ts";

export type StatusReport = {
  readonly processes: readonly HubProcess[];
  /** lines about names that nothing bears, in supervisorctl's words */
  readonly unknown: readonly string[];
  /** lines about supervisors of which nothing is known */
  readonly down: readonly string[];
  readonly exitCode: number;
};

/** What makes supervisorctl's status answer 3. BACKOFF, STARTING and STOPPING do not. */
const STOPPED_STATES: readonly string[] = ["STOPPED", "EXITED", "FATAL", "UNKNOWN"];

/** supervisorctl's order: a stopped process outweighs an unknown name, and so it does a host that does not answer. */
function exitCodeOf(processes: readonly HubProcess[], hasUnknown: boolean): number {
  if (processes.some((process) => STOPPED_STATES.includes(process.statename))) return 3;
  return hasUnknown ? 4 : 0;
}

/** Processes of a supervisor that does not answer are left out: how they are is not known. */
export function statusReport(data: HubData, words: readonly string[]): StatusReport {
  const supervisors = Object.values(data.supervisors);
  const names = supervisors.map(({ name }) => name);
  const { processes, unmatched } = selectProcesses(words, knownProcesses(data), names);
  const down = downSupervisors(supervisors, words);
  // Nobody can say what a silent host has; its own line says that it is silent.
  const isOfSilent = (word: string) => down.some(({ name }) => namesSupervisor(word, name));
  const unknown = unmatched.filter((word) => !isOfSilent(word)).map(unknownLine);
  return {
    ...{ processes, unknown, down: down.map(downLine) },
    exitCode: exitCodeOf(processes, unknown.length + down.length > 0),
  };
}
