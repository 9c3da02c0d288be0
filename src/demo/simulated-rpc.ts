import { describeProcess } from "../domain/apply-transition.ts";
import { MultivisorError } from "../domain/errors.ts";
import { PROCESS_STATE } from "../domain/states.ts";
import type { Rpc } from "../supervisord/rpc-client.ts";
import type { SimulatedProcess } from "./simulated-process.ts";
import type { SimulatedSupervisord } from "./simulated-supervisord.ts";

/** getProcessInfo's struct (supervisor/rpcinterface.py). */
export function processInfoStruct({ program, state, facts }: SimulatedProcess) {
  const { pid, start, stop, spawnerr, exitstatus } = facts();
  const nowMs = Date.now();
  const description = describeProcess({
    ...{ group: program.group, name: program.name, state: state(), pid: pid || null, nowMs, exitstatus, spawnerr },
    ...{ startMs: start === 0 ? null : start * 1_000, stopMs: stop === 0 ? null : stop * 1_000 },
    ...{ stdoutLogfile: "", stderrLogfile: "", sinceMs: null, tries: null, expected: null },
  });
  return {
    ...{ name: program.name, group: program.group, start, stop, now: Math.floor(nowMs / 1_000) },
    ...{ state: PROCESS_STATE[state()], statename: state(), spawnerr, exitstatus, pid, description },
    ...{ logfile: "", stdout_logfile: "", stderr_logfile: "" },
  };
}

type Params = readonly unknown[];
type Methods = Readonly<Record<string, (...params: Params) => unknown>>;

function find(supervisord: SimulatedSupervisord, namespec: unknown): SimulatedProcess {
  const text = String(namespec);
  const found = supervisord.processes().get(text.includes(":") ? text : `${text}:${text}`);
  if (found === undefined) throw new MultivisorError("BAD_NAME", `BAD_NAME: ${text}`);
  return found;
}

function members(supervisord: SimulatedSupervisord, group: unknown): SimulatedProcess[] {
  const found = [...supervisord.processes().values()].filter((process) => process.program.group === group);
  if (found.length === 0) throw new MultivisorError("BAD_NAME", `BAD_NAME: ${group}`);
  return found;
}

const result = ({ program }: SimulatedProcess) => ({ ...program, status: 80, description: "OK" });

/** supervisord passes over those that are already as they should be. */
function each(processes: readonly SimulatedProcess[], act: (process: SimulatedProcess) => void) {
  return processes.flatMap((process) => {
    try {
      act(process);
      return [result(process)].map(({ group, name, status, description }) => ({ group, name, status, description }));
    } catch {
      return [];
    }
  });
}

/** start, stop and signal of one process, or of all of `group:*`. */
const onOneOrGroup =
  (supervisord: SimulatedSupervisord, act: (process: SimulatedProcess) => void) => (namespec: unknown) => {
    const group = /^(.*):\*?$/.exec(String(namespec))?.[1];
    if (group !== undefined) return each(members(supervisord, group), act);
    act(find(supervisord, namespec));
    return true;
  };

const FATAL_SIGNALS = /^(?:SIG)?(?:KILL|TERM|INT|QUIT|ABRT)$|^(?:2|3|6|9|15)$/i;

/** supervisord looks for the file before it tries; at autostart it tries. */
function startIfFound(process: SimulatedProcess): void {
  const { name, spawnFails } = process.program;
  if (spawnFails) throw new MultivisorError("NO_FILE", `NO_FILE: can't find command '/opt/${name}'`);
  process.start();
}

function methodsOf(supervisord: SimulatedSupervisord): Methods {
  const start = onOneOrGroup(supervisord, startIfFound);
  const stop = onOneOrGroup(supervisord, (process) => process.stop());
  const all = () => [...supervisord.processes().values()];
  const group = (name: unknown) => members(supervisord, name);
  return {
    getAPIVersion: () => "3.0",
    getVersion: () => "3.0",
    getSupervisorVersion: () => "4.2.5",
    getIdentification: () => supervisord.identifier,
    getPID: () => supervisord.pid,
    getState: () => ({ statecode: 1, statename: "RUNNING" }),
    getProcessInfo: (namespec) => processInfoStruct(find(supervisord, namespec)),
    getAllProcessInfo: () => all().map(processInfoStruct),
    startProcess: start,
    stopProcess: stop,
    startProcessGroup: (name) => each(group(name), startIfFound),
    stopProcessGroup: (name) => each(group(name), (process) => process.stop()),
    startAllProcesses: () => each(all(), startIfFound),
    stopAllProcesses: () => each(all(), (process) => process.stop()),
    signalProcess: (namespec, signal) =>
      onOneOrGroup(supervisord, (process) => {
        if (FATAL_SIGNALS.test(String(signal))) process.kill();
      })(namespec),
    reloadConfig: () => [[[], [], []]],
    addProcessGroup: (name) => {
      group(name);
      throw new MultivisorError("ALREADY_ADDED", `ALREADY_ADDED: ${name}`);
    },
    removeProcessGroup: (name) => {
      throw new MultivisorError("STILL_RUNNING", `STILL_RUNNING: ${name}`);
    },
    restart: () => {
      supervisord.restart();
      return true;
    },
    shutdown: () => {
      throw new MultivisorError("FAILED", "FAILED: a simulated supervisord does not shut down");
    },
  };
}

/** Faults as numbers, for the structs in which system.multicall answers them (supervisor/xmlrpc.py, class Faults). */
const FAULT_CODE: Readonly<Record<string, number>> = {
  ...{ UNKNOWN_METHOD: 1, INCORRECT_PARAMETERS: 2, SHUTDOWN_STATE: 6, BAD_NAME: 10, NO_FILE: 20, FAILED: 30 },
  ...{ ALREADY_STARTED: 60, NOT_RUNNING: 70, ALREADY_ADDED: 90, STILL_RUNNING: 91 },
};

type Answer = (method: string, ...params: Params) => unknown;

/** XML-RPC of a simulated supervisord, without the XML. Nothing waits: every call is as with wait=false. */
export function createSimulatedRpc(supervisord: SimulatedSupervisord): Rpc {
  const methods = methodsOf(supervisord);
  const call: Answer = (method, ...params) => {
    if (method === "system.multicall") return multicall(params[0] as { methodName: string; params?: Params }[]);
    if (method === "supervisor.sendRemoteCommEvent") {
      supervisord.emit("REMOTE_COMMUNICATION", `type:${params[0]}\n${params[1]}`);
      return true;
    }
    const name = method.replace(/^supervisor\./, "");
    if (!Object.hasOwn(methods, name)) throw new MultivisorError("UNKNOWN_METHOD", `UNKNOWN_METHOD: ${method}`);
    if (supervisord.mood() === "STOPPING") throw new MultivisorError("SHUTDOWN_STATE", "SHUTDOWN_STATE");
    return methods[name]?.(...params);
  };
  const multicall = (calls: readonly { methodName: string; params?: Params }[]) =>
    calls.map(({ methodName, params = [] }) => {
      try {
        return call(methodName, ...params);
      } catch (error) {
        if (!(error instanceof MultivisorError)) throw error;
        return { faultCode: FAULT_CODE[error.code] ?? 30, faultString: error.message };
      }
    });
  return async (method, ...params) => call(method, ...params);
}
