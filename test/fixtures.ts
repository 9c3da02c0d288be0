import type { Transition } from "../src/domain/journal-entry.ts";
import type { ProcessInfo } from "../src/domain/process.ts";
import type { SupervisorFacts } from "../src/domain/supervisor.ts";

/** A process as supervisord would report it, for unit tests that need one and care about a field or two. */
export const processInfo = (more: Partial<ProcessInfo> = {}): ProcessInfo => ({
  group: "PLC",
  name: "wcid00a",
  state: "RUNNING",
  pid: 16_493,
  startMs: 1_795_376_021_000,
  stopMs: null,
  nowMs: 1_795_376_022_000,
  exitstatus: 0,
  spawnerr: "",
  description: "pid 16493, uptime 0:00:01",
  stdoutLogfile: "/var/log/example/wcid00a.log",
  stderrLogfile: "",
  sinceMs: null,
  tries: null,
  expected: null,
  ...more,
});

export const transition = (toState: Transition["toState"], more: Partial<Transition> = {}): Transition => ({
  kind: "transition",
  seq: 1,
  atMs: 1_795_376_100_700,
  group: "PLC",
  name: "wcid00a",
  fromState: "RUNNING",
  toState,
  pid: null,
  expected: null,
  tries: null,
  sampled: false,
  ...more,
});

export const supervisorFacts = (more: Partial<SupervisorFacts> = {}): SupervisorFacts => ({
  identification: "lid001",
  pid: 16_428,
  apiVersion: "3.0",
  supervisorVersion: "4.2.5",
  state: "RUNNING",
  ...more,
});
