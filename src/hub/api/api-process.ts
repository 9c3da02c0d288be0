import { presentDeath } from "../../domain/death.ts";
import type { FleetProcess } from "../../domain/process.ts";
import { isStarted, PROCESS_STATE } from "../../domain/states.ts";

const seconds = (ms: number | null): number => (ms === null ? 0 : Math.floor(ms / 1_000));

/** A process as Multivisor 6 shows it (docs: rest-api, "Process"); what it did not have comes last. */
export const apiProcess = (process: FleetProcess, host: string) => ({
  uid: process.uid,
  full_name: `${process.group}:${process.name}`,
  group: process.group,
  name: process.name,
  supervisor: process.supervisor,
  host,
  state: PROCESS_STATE[process.state],
  statename: process.state,
  running: isStarted(process.state),
  pid: process.pid ?? 0,
  start: seconds(process.startMs),
  stop: seconds(process.stopMs),
  now: seconds(process.nowMs),
  exitstatus: process.exitstatus,
  spawnerr: process.spawnerr,
  description: process.description,
  logfile: process.stdoutLogfile,
  stdout_logfile: process.stdoutLogfile,
  stderr_logfile: process.stderrLogfile,
  /** epoch ms of the host's clock, null: not seen */
  since: process.sinceMs,
  tries: process.tries,
  expected: process.expected,
  is_agent: process.isAgent,
  /** why it is not running: "exit 3", "SIGKILL"; null: it is, or nobody knows */
  cause: presentDeath(process)?.cause ?? null,
});

export type ApiProcess = ReturnType<typeof apiProcess>;

const rendered = new WeakMap<FleetProcess, string>();

/** Made once for each change of a process, however many ask. A process never changes host without being made anew. */
export function apiProcessJson(process: FleetProcess, host: string): string {
  const known = rendered.get(process);
  if (known !== undefined) return known;
  const json = JSON.stringify(apiProcess(process, host));
  rendered.set(process, json);
  return json;
}
