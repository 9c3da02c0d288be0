import { type Namespec, namespec, processUid } from "../domain/names.ts";
import type { FleetProcess } from "../domain/process.ts";
import { RIGHTS } from "../domain/rights.ts";
import type { LinkState, Supervisor } from "../domain/supervisor.ts";

/** For tests: a process that has been RUNNING since 1,000,000, unless told otherwise. */
export const fleetProcess = (
  supervisor: string,
  group: string,
  name: string,
  overrides: Partial<FleetProcess> = {},
): FleetProcess => ({
  group,
  name,
  state: "RUNNING",
  pid: 100,
  startMs: 1_000_000,
  stopMs: null,
  nowMs: 1_060_000,
  exitstatus: 0,
  spawnerr: "",
  description: "",
  stdoutLogfile: "",
  stderrLogfile: "",
  sinceMs: 1_000_000,
  tries: null,
  expected: null,
  uid: processUid(supervisor, group, name),
  supervisor,
  isAgent: false,
  ...overrides,
});

/** For tests: a supervisor with these processes. */
export const fleetSupervisor = (
  name: string,
  processes: readonly FleetProcess[],
  link: LinkState = { status: "live", sinceMs: 0 },
): Supervisor => ({
  name,
  url: `${name}:9002`,
  host: name,
  linkKind: "agent",
  link,
  facts: null,
  agentVersion: null,
  clockOffsetMs: null,
  timeZone: null,
  allows: RIGHTS,
  secured: null,
  processes: new Map<Namespec, FleetProcess>(processes.map((p) => [namespec(p.group, p.name), p])),
});
