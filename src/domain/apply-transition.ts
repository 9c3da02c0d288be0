import type { Transition } from "./journal-entry.ts";
import type { ProcessInfo } from "./process.ts";
import { isStarted, type ProcessStateName } from "./states.ts";

const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;

/** Python's str(timedelta(seconds=…)), which supervisord puts into its descriptions: "1 day, 0:00:22". */
export function timedelta(seconds: number): string {
  const days = Math.floor(seconds / DAY_S);
  const pad = (n: number) => String(n).padStart(2, "0");
  const clock = `${Math.floor((seconds % DAY_S) / HOUR_S)}:${pad(Math.floor((seconds % HOUR_S) / MINUTE_S))}:${pad(seconds % MINUTE_S)}`;
  return days === 0 ? clock : `${days} day${days === 1 ? "" : "s"}, ${clock}`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** strftime("%b %d %I:%M %p") in the zone of this machine. */
function shortDate(ms: number): string {
  const d = new Date(ms);
  const pad = (n: number) => String(n).padStart(2, "0");
  return `${MONTHS[d.getMonth()]} ${pad(d.getDate())} ${pad(d.getHours() % 12 || 12)}:${pad(d.getMinutes())} ${d.getHours() < 12 ? "AM" : "PM"}`;
}

/** The text that supervisord would give (supervisor/rpcinterface.py, _interpretProcessInfo). */
export function describeProcess(process: Omit<ProcessInfo, "description">): string {
  switch (process.state) {
    case "RUNNING": {
      const seconds = Math.floor(process.nowMs / 1_000) - Math.floor((process.startMs ?? process.nowMs) / 1_000);
      return `pid ${process.pid ?? 0}, uptime ${timedelta(Math.max(0, seconds))}`;
    }
    case "FATAL":
    case "BACKOFF":
      return process.spawnerr || `unknown error (try "tail ${process.name}")`;
    case "STOPPED":
    case "EXITED":
      return process.startMs === null ? "Not started" : shortDate(process.stopMs ?? process.nowMs);
    case "STARTING":
    case "STOPPING":
    case "UNKNOWN":
      return "";
  }
}

const toSecond = (ms: number) => Math.floor(ms / 1_000) * 1_000;

const hasEnded = (state: ProcessStateName) => !isStarted(state) || state === "BACKOFF";

/**
 * What is known of a process after one of its transitions. supervisord announces neither times nor exit codes: start
 * and stop are the transition's own time until a later answer of getProcessInfo corrects them.
 */
export function applyTransition<T extends ProcessInfo>(before: T, t: Transition): T {
  const started = t.toState === "STARTING";
  const ended = hasEnded(t.toState) && t.toState !== "STOPPING" && t.toState !== "FATAL" && t.toState !== "UNKNOWN";
  const after: T & { description: string } = {
    ...before,
    state: t.toState,
    pid: ended || t.toState === "FATAL" || started ? null : (t.pid ?? before.pid),
    startMs: started ? toSecond(t.atMs) : before.startMs,
    stopMs: ended ? toSecond(t.atMs) : before.stopMs,
    exitstatus: started ? 0 : before.exitstatus,
    spawnerr: started ? "" : before.spawnerr,
    nowMs: t.atMs,
    sinceMs: t.atMs,
    tries: t.tries,
    expected: t.expected,
  };
  after.description = describeProcess(after);
  return after;
}
