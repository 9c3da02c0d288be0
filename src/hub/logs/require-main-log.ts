import { MultivisorError } from "../../domain/errors.ts";
import type { Supervisor } from "../../domain/supervisor.ts";
import type { Requester } from "../actions/requester.ts";
import { downReason } from "../actions/targets.ts";

/**
 * The supervisor whose own log is asked for. It tells of everything that runs there: not for those who may see a part of it.
 * @throws MultivisorError BAD_NAME, HOST_UNREACHABLE or FORBIDDEN
 */
export function requireMainLog({ account, view }: Requester, name: string): Supervisor {
  const supervisor = view.supervisors().get(name);
  if (supervisor === undefined) throw new MultivisorError("BAD_NAME", `no such supervisor: ${name}`);
  if (supervisor.link.status !== "live")
    throw new MultivisorError("HOST_UNREACHABLE", `Cannot ask ${name}: it is down: ${downReason(supervisor)}`);
  if (account.access !== null && !account.access.ownsSupervisor(name))
    throw new MultivisorError("FORBIDDEN", `Cannot read the log of ${name}: your filter names more than hosts`);
  return supervisor;
}
