import type { SupervisorName } from "../../domain/names.ts";
import type { Logger } from "../../lib/logger.ts";
import type { Failure } from "../../protocol/agent.ts";
import { callFailure } from "../../supervisord/call-failure.ts";
import type { ReportFailure } from "../../supervisord/carry-out-deps.ts";

let commands = 0;

/** For one command that the hub itself carries out. */
export function failureReport(
  supervisor: SupervisorName,
  onFailure: (failure: Failure) => void,
  log: Logger,
): ReportFailure {
  const command = `${supervisor}.${++commands}`;
  return (namespec, error) => {
    const { code, message } = callFailure(error);
    log.warn(`${supervisor}: ${message}`);
    onFailure({ command, namespec, code, message });
  };
}
