import type { ProcessInfo } from "../../domain/process.ts";
import type { SupervisorFacts } from "../../domain/supervisor.ts";

const FIELDS = [
  "state",
  "pid",
  "startMs",
  "stopMs",
  "exitstatus",
  "spawnerr",
  "stdoutLogfile",
  "stderrLogfile",
] as const satisfies readonly (keyof ProcessInfo)[];

/** But for what only the clock changes: `nowMs`, and the uptime in `description`. */
export const sameInfo = (a: ProcessInfo | undefined, b: ProcessInfo): boolean =>
  a !== undefined && FIELDS.every((field) => a[field] === b[field]);

export const sameFacts = (a: SupervisorFacts | null, b: SupervisorFacts): boolean =>
  a !== null &&
  a.identification === b.identification &&
  a.pid === b.pid &&
  a.apiVersion === b.apiVersion &&
  a.supervisorVersion === b.supervisorVersion &&
  a.state === b.state;
