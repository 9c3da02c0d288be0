import { STATUS_SUCCESS } from "../../supervisord/faults.ts";
import { findMembers, findProcess } from "./find-process.ts";
import type { SimulatedLogs } from "./logs.ts";
import { untilStarted, untilStopped } from "./outcome.ts";
import type { SimulatedProcess } from "./process.ts";
import { logfilesOf, processInfo } from "./process-info.ts";
import { fault } from "./rpc-faults.ts";
import type { SimulatedSupervisord } from "./supervisord.ts";

type Methods = Readonly<Record<string, (...params: readonly unknown[]) => unknown>>;
/** @returns when it is done, where that is waited for */
type Act = (process: SimulatedProcess, isWaited: boolean) => unknown;

const nameOf = ({ program: { group, name } }: SimulatedProcess) => ({ group, name });
const FATAL_SIGNALS = /^(?:SIG)?(?:KILL|TERM|INT|QUIT|ABRT)$|^(?:2|3|6|9|15)$/i;

/** supervisord looks for the file before it tries; at autostart it tries. */
const start: Act = (process, isWaited) => {
  const { name, spawnFails } = process.program;
  if (spawnFails) throw fault("NO_FILE", `can't find command '/opt/${name}'`);
  process.start();
  return isWaited ? untilStarted(process) : true;
};

const stop: Act = (process, isWaited) => {
  process.stop();
  return isWaited ? untilStopped(process) : true;
};

/** supervisord passes over those that are already as they should be. */
async function each(processes: readonly SimulatedProcess[], act: Act, isWaited: boolean) {
  const tried = processes.flatMap((process) => {
    try {
      return [{ process, done: act(process, isWaited) }];
    } catch {
      return [];
    }
  });
  return Promise.all(
    tried.map(async ({ process, done }) => {
      const failed = await Promise.resolve(done).then(
        () => null,
        (error: Error) => error.message,
      );
      return { ...nameOf(process), status: failed === null ? STATUS_SUCCESS : 50, description: failed ?? "OK" };
    }),
  );
}

/** getAllConfigInfo's struct, of a section in which nothing but the command was said. */
function configurationOf({ program }: SimulatedProcess, files: { stdout: string; stderr: string }) {
  const of = (channel: "stdout" | "stderr") => ({
    ...{ [`${channel}_logfile`]: files[channel], [`${channel}_logfile_backups`]: 10 },
    ...{ [`${channel}_logfile_maxbytes`]: 52_428_800, [`${channel}_syslog`]: false },
    ...{ [`${channel}_capture_maxbytes`]: 0, [`${channel}_events_enabled`]: false },
  });
  return {
    ...{ name: program.name, group: program.group, inuse: true, autostart: program.autostart },
    ...{ command: `/opt/${program.name}`, directory: "none", uid: "none", group_prio: 999, process_prio: 999 },
    ...{ startsecs: program.startsecs, startretries: program.startretries, stopsignal: 15, stopwaitsecs: 10 },
    ...{ exitcodes: [0], redirect_stderr: false, killasgroup: false, serverurl: "auto" },
    ...{ ...of("stdout"), ...of("stderr") },
  };
}

/** supervisor/rpcinterface.py, without what reads logs. */
export function rpcMethods(supervisord: SimulatedSupervisord, logs: SimulatedLogs | null): Methods {
  const all = () => [...supervisord.processes().values()];
  const members = (group: unknown) => findMembers(supervisord, group);
  const info = processInfo(supervisord, logs);
  const onOneOrGroup =
    (act: Act) =>
    (...[namespec, wait = true]: readonly unknown[]) => {
      const group = /^(.*):\*?$/.exec(String(namespec))?.[1];
      if (group !== undefined) return each(members(group), act, wait === true);
      return act(findProcess(supervisord, namespec), wait === true);
    };
  const signal = (namespec: unknown, name: unknown) =>
    onOneOrGroup((process) => {
      if (FATAL_SIGNALS.test(String(name))) process.kill();
      return true;
    })(namespec, false);
  return {
    getAPIVersion: () => "3.0",
    getVersion: () => "3.0",
    getSupervisorVersion: () => "4.2.5",
    getIdentification: () => supervisord.identifier,
    getPID: () => supervisord.pid(),
    getState: () => ({ statecode: 1, statename: "RUNNING" }),
    getProcessInfo: (namespec) => info(findProcess(supervisord, namespec)),
    getAllProcessInfo: () => all().map(info),
    getAllConfigInfo: () => all().map((process) => configurationOf(process, logfilesOf(process, logs))),
    startProcess: onOneOrGroup(start),
    stopProcess: onOneOrGroup(stop),
    startProcessGroup: (name, wait = true) => each(members(name), start, wait === true),
    stopProcessGroup: (name, wait = true) => each(members(name), stop, wait === true),
    startAllProcesses: (wait = true) => each(all(), start, wait === true),
    stopAllProcesses: (wait = true) => each(all(), stop, wait === true),
    signalProcess: signal,
    signalProcessGroup: (name, one) => signal(`${name}:*`, one),
    sendProcessStdin: (namespec) => {
      if (findProcess(supervisord, namespec).facts().pid === 0) throw fault("NOT_RUNNING", String(namespec));
      return true;
    },
    sendRemoteCommEvent: (type, data) => {
      supervisord.emit("REMOTE_COMMUNICATION", `type:${type}\n${data}`);
      return true;
    },
    reloadConfig: () => [[[], [], []]],
    addProcessGroup: (name) => {
      members(name);
      throw fault("ALREADY_ADDED", String(name));
    },
    removeProcessGroup: (name) => {
      if (members(name).some((process) => process.facts().pid !== 0)) throw fault("STILL_RUNNING", String(name));
      throw fault("FAILED", "the programs of a simulated supervisord stay as they are");
    },
    restart: () => {
      supervisord.stop("restart");
      return true;
    },
    shutdown: () => {
      supervisord.stop("shutdown");
      return true;
    },
  };
}
