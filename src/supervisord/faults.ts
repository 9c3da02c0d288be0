import { type ErrorCode, MultivisorError } from "../domain/errors.ts";
import type { RpcFault } from "./xmlrpc-decode.ts";

/** supervisor/xmlrpc.py, class Faults. */
const NAME_OF_FAULT = new Map<number, ErrorCode>([
  [1, "UNKNOWN_METHOD"],
  [2, "INCORRECT_PARAMETERS"],
  [3, "BAD_ARGUMENTS"],
  [6, "SHUTDOWN_STATE"],
  [10, "BAD_NAME"],
  [11, "BAD_SIGNAL"],
  [20, "NO_FILE"],
  [21, "NOT_EXECUTABLE"],
  [30, "FAILED"],
  [40, "ABNORMAL_TERMINATION"],
  [50, "SPAWN_ERROR"],
  [60, "ALREADY_STARTED"],
  [70, "NOT_RUNNING"],
  [90, "ALREADY_ADDED"],
  [91, "STILL_RUNNING"],
  [92, "CANT_REREAD"],
]);

/** The `status` of a process in the answer of a group call where all went well. */
export const STATUS_SUCCESS = 80;

/** @returns FAILED for a number that supervisord 4 does not have */
export const faultName = (code: number): ErrorCode => NAME_OF_FAULT.get(code) ?? "FAILED";

const WHY: Partial<Record<ErrorCode, string>> = {
  SHUTDOWN_STATE: "supervisord is shutting down or restarting",
  BAD_NAME: "no such process or group",
  BAD_SIGNAL: "no such signal",
  NO_FILE: "no such file",
  NOT_EXECUTABLE: "the file is not executable",
  ABNORMAL_TERMINATION: "it ended before it was up",
  SPAWN_ERROR: "it could not be spawned",
  ALREADY_STARTED: "it is already started",
  NOT_RUNNING: "it is not running",
  ALREADY_ADDED: "the group is already active",
  STILL_RUNNING: "processes of the group are still running",
  CANT_REREAD: "the configuration cannot be read",
};

/**
 * What a fault says, for people. supervisord's faultString is `NAME: detail`.
 * @param what "start web:web_01"
 */
export function faultError(what: string, fault: RpcFault): MultivisorError {
  const code = faultName(fault.faultCode);
  const detail = String(fault.faultString ?? "").replace(/^[A-Z_]+(: |$)/, "");
  const isSaid = what.endsWith(` ${detail}`); // most details are only the name again
  const why = [WHY[code], isSaid ? "" : detail].filter(Boolean).join(": ") || code;
  return new MultivisorError(code, `Cannot ${what}: ${why}`);
}
