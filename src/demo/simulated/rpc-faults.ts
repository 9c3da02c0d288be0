import { MultivisorError } from "../../domain/errors.ts";
import type { RpcFault } from "../../supervisord/xmlrpc-decode.ts";

/** supervisor/xmlrpc.py, class Faults. */
const FAULT_CODE: Readonly<Record<string, number>> = {
  ...{ UNKNOWN_METHOD: 1, INCORRECT_PARAMETERS: 2, BAD_ARGUMENTS: 3, SHUTDOWN_STATE: 6, BAD_NAME: 10 },
  ...{ BAD_SIGNAL: 11, NO_FILE: 20, NOT_EXECUTABLE: 21, FAILED: 30, ABNORMAL_TERMINATION: 40, SPAWN_ERROR: 50 },
  ...{ ALREADY_STARTED: 60, NOT_RUNNING: 70, ALREADY_ADDED: 90, STILL_RUNNING: 91, CANT_REREAD: 92 },
};

export const fault = (code: keyof typeof FAULT_CODE & MultivisorError["code"], detail: string): MultivisorError =>
  new MultivisorError(code, `${code}: ${detail}`);

/** As supervisord puts it on the wire. @throws what is no fault of supervisord */
export function faultOf(error: unknown): RpcFault {
  if (!(error instanceof MultivisorError)) throw error;
  return { faultCode: FAULT_CODE[error.code] ?? 30, faultString: error.message };
}
