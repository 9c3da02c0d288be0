import type { ProgramConfiguration } from "../domain/call.ts";
import { type ErrorCode, MultivisorError } from "../domain/errors.ts";
import type { SupervisorName } from "../domain/names.ts";
import type { Link } from "./links/link.ts";

/**
 * Asks a supervisord for what it has read of its configuration.
 * @throws MultivisorError BAD_NAME, HOST_UNREACHABLE, and what supervisord says
 */
export type ReadPrograms = (supervisor: SupervisorName) => Promise<readonly ProgramConfiguration[]>;

export const readPrograms =
  (link: (name: SupervisorName) => Link | null): ReadPrograms =>
  async (supervisor) => {
    const one = link(supervisor);
    if (one === null) throw new MultivisorError("BAD_NAME", `no such supervisor: ${supervisor}`);
    const [answer] = await one.command([{ method: "avail" }]);
    if (answer?.ok === false) throw new MultivisorError(answer.code as ErrorCode, answer.message);
    return answer?.programs ?? [];
  };
