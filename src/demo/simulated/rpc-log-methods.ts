import { findProcess } from "./find-process.ts";
import type { Channel, SimulatedLogs } from "./logs.ts";
import { fault } from "./rpc-faults.ts";
import type { SimulatedSupervisord } from "./supervisord.ts";

/** supervisor/options.py, readFile: a negative offset counts from the end. */
function readFile(bytes: Buffer, offset: number, length: number): string {
  if (length < 0 || (offset < 0 && length !== 0)) throw fault("BAD_ARGUMENTS", "");
  const from = offset < 0 ? Math.max(0, bytes.length + offset) : offset;
  return text(bytes.subarray(from, length === 0 ? undefined : from + length));
}

/** The same, tailFile: text, size, and whether there was more than asked for. */
function tailFile(bytes: Buffer, offset: number, length: number): [string, number, boolean] {
  const size = bytes.length;
  const overflow = size > offset + length;
  const from = Math.max(0, size - Math.max(0, length));
  return [length <= 0 ? "" : text(bytes.subarray(from)), size, overflow];
}

/** supervisord refuses to send what is no UTF-8. */
function text(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw fault("FAILED", "not UTF-8");
  }
}

/** The part of supervisor/rpcinterface.py that reads logs. */
export function logMethods(supervisord: SimulatedSupervisord, logs: SimulatedLogs | null) {
  const bytesOf = (namespec: unknown, channel: Channel): Buffer => {
    const process = findProcess(supervisord, namespec);
    if (logs === null) throw fault("NO_FILE", "None");
    return logs.read(process, channel);
  };
  const read =
    (channel: Channel) =>
    (...[name, offset, length]: readonly unknown[]) =>
      readFile(bytesOf(name, channel), Number(offset), Number(length));
  const tail =
    (channel: Channel) =>
    (...[name, offset, length]: readonly unknown[]) =>
      tailFile(bytesOf(name, channel), Number(offset), Number(length));
  const clear = (...[name]: readonly unknown[]) => {
    logs?.clear(findProcess(supervisord, name));
    return true;
  };
  const mainLog = () => Buffer.from(`supervisord of ${supervisord.identifier} started with pid ${supervisord.pid()}\n`);
  return {
    readProcessStdoutLog: read("stdout"),
    readProcessStderrLog: read("stderr"),
    readProcessLog: read("stdout"),
    tailProcessStdoutLog: tail("stdout"),
    tailProcessStderrLog: tail("stderr"),
    clearProcessLogs: clear,
    clearProcessLog: clear,
    readLog: (...[offset, length]: readonly unknown[]) => readFile(mainLog(), Number(offset), Number(length)),
  } as Readonly<Record<string, (...params: readonly unknown[]) => unknown>>;
}
