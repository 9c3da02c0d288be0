import type { ProgramConfiguration } from "../domain/call.ts";
import { MultivisorError } from "../domain/errors.ts";
import type { Rpc } from "./rpc-client.ts";

/** getAllConfigInfo: every program that supervisord has read, active or not. */
export async function programConfigurations(rpc: Rpc): Promise<ProgramConfiguration[]> {
  const answer = await rpc("supervisor.getAllConfigInfo");
  if (!Array.isArray(answer))
    throw new MultivisorError("BAD_WIRE", "Cannot read the answer to getAllConfigInfo: a list expected");
  return answer.map(parseProgram);
}

function parseProgram(value: unknown): ProgramConfiguration {
  const told = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  const { group, name } = told;
  if (typeof group !== "string" || typeof name !== "string")
    throw new MultivisorError(
      "BAD_WIRE",
      "Cannot read the answer to getAllConfigInfo: a program without group or name",
    );
  return {
    ...{ group, name, inuse: told.inuse === true },
    autostart: flag(told.autostart),
    groupPriority: count(told.group_prio),
    priority: count(told.process_prio),
    command: text(told.command),
    directory: text(told.directory),
    uid: count(told.uid),
    startsecs: count(told.startsecs),
    startretries: count(told.startretries),
    stopsignal: count(told.stopsignal),
    stopwaitsecs: count(told.stopwaitsecs),
    exitcodes: Array.isArray(told.exitcodes) ? told.exitcodes.filter((code) => typeof code === "number") : null,
    redirectStderr: flag(told.redirect_stderr),
  };
}

const flag = (value: unknown): boolean | null => (typeof value === "boolean" ? value : null);
const count = (value: unknown): number | null => (typeof value === "number" ? value : null);
/** XML-RPC has no null: supervisord writes "none" for it (rpcinterface.py). */
const text = (value: unknown): string | null => (typeof value === "string" && value !== "none" ? value : null);
