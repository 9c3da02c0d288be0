import { MultivisorError } from "../../domain/errors.ts";
import type { SupervisorFacts } from "../../domain/supervisor.ts";
import { parseAllProcessInfo } from "../../supervisord/process-info.ts";
import type { Rpc } from "../../supervisord/rpc-client.ts";
import type { LookedAt } from "./link-knowledge.ts";

/** What supervisord says of itself. @throws MultivisorError */
export async function askFacts(rpc: Rpc): Promise<SupervisorFacts> {
  const ask = (method: string) => rpc(`supervisor.${method}`);
  const [identification, pid, apiVersion, supervisorVersion] = await Promise.all([
    ask("getIdentification"),
    ask("getPID"),
    ask("getAPIVersion"),
    ask("getSupervisorVersion"),
  ]);
  if (typeof pid !== "number") throw new MultivisorError("BAD_WIRE", "Cannot read what supervisord says of itself");
  return {
    identification: String(identification),
    pid,
    apiVersion: String(apiVersion),
    supervisorVersion: String(supervisorVersion),
    state: "RUNNING",
  };
}

export const askAll = async (rpc: Rpc, facts: SupervisorFacts): Promise<LookedAt> => ({
  facts,
  processes: parseAllProcessInfo(await rpc("supervisor.getAllProcessInfo")),
});
