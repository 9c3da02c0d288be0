import { describeProcess } from "../../domain/apply-transition.ts";
import { PROCESS_STATE } from "../../domain/states.ts";
import type { SimulatedLogs } from "./logs.ts";
import type { SimulatedProcess } from "./process.ts";
import type { SimulatedSupervisord } from "./supervisord.ts";

/** @param logs null: it keeps none */
export const logfilesOf = (process: SimulatedProcess, logs: SimulatedLogs | null) => ({
  stdout: logs?.path(process, "stdout") ?? "",
  stderr: logs?.path(process, "stderr") ?? "",
});

/** getProcessInfo (supervisor/rpcinterface.py). @param logs null: it keeps none */
export const processInfo =
  (supervisord: Pick<SimulatedSupervisord, "clock">, logs: SimulatedLogs | null) => (process: SimulatedProcess) => {
    return structOf(process, supervisord.clock.now(), logfilesOf(process, logs));
  };

/** @param nowMs of its host */
function structOf(
  { program, state, facts }: SimulatedProcess,
  nowMs: number,
  logfiles: { readonly stdout: string; readonly stderr: string },
) {
  const { pid, start, stop, spawnerr, exitstatus } = facts();
  const description = describeProcess({
    ...{ group: program.group, name: program.name, state: state(), pid: pid || null, nowMs, exitstatus, spawnerr },
    ...{ startMs: start === 0 ? null : start * 1_000, stopMs: stop === 0 ? null : stop * 1_000 },
    ...{ stdoutLogfile: "", stderrLogfile: "", sinceMs: null, tries: null, expected: null },
  });
  return {
    ...{ name: program.name, group: program.group, start, stop, now: Math.floor(nowMs / 1_000) },
    ...{ state: PROCESS_STATE[state()], statename: state(), spawnerr, exitstatus, pid, description },
    ...{ logfile: logfiles.stdout, stdout_logfile: logfiles.stdout, stderr_logfile: logfiles.stderr },
  };
}
