import { describeProcess } from "../domain/apply-transition.ts";
import type { Transition } from "../domain/journal-entry.ts";
import type { ProcessInfo } from "../domain/process.ts";

/** A process that nobody listed before its first transition: everything else is unknown until the next snapshot. */
export function unseen(transition: Transition): ProcessInfo {
  const info = {
    group: transition.group,
    name: transition.name,
    state: transition.fromState ?? "UNKNOWN",
    pid: null,
    startMs: null,
    stopMs: null,
    nowMs: transition.atMs,
    exitstatus: 0,
    spawnerr: "",
    stdoutLogfile: "",
    stderrLogfile: "",
    sinceMs: null,
    tries: null,
    expected: null,
  } as const;
  return { ...info, description: describeProcess(info) };
}

/** For the streams only: the history gets what the agent wrote down. */
export const foundTransition = (before: ProcessInfo, after: ProcessInfo): Transition => ({
  kind: "transition",
  seq: 0,
  atMs: after.sinceMs ?? after.nowMs,
  group: after.group,
  name: after.name,
  fromState: before.state,
  toState: after.state,
  pid: after.pid,
  expected: after.expected,
  tries: after.tries,
  sampled: true,
});
