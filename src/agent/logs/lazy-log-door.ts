import { MultivisorError } from "../../domain/errors.ts";
import type { ProcessInfo } from "../../domain/process.ts";
import { createRpc } from "../../supervisord/rpc-client.ts";
import type { Agent } from "../agent.ts";
import type { AgentConfig } from "../config.ts";
import type { LogDoor } from "./log-door.ts";
import type { LogPlaces } from "./open-log.ts";

/** Loaded when a log is asked for the first time: most agents are never asked, and memory of every host counts. */
export function lazyLogDoor(agent: Agent, server: AgentConfig["rpc"]): LogDoor {
  let door: Promise<LogDoor> | null = null;
  const load = async (): Promise<LogDoor> => {
    const [{ createLogDoor }, { findMainLog }] = await Promise.all([
      import("./log-door.ts"),
      import("../evidence/main-log-file.ts"),
    ]);
    const processes = (): readonly ProcessInfo[] => agent.snapshot()?.processes ?? [];
    const isProcessLog = (path: string) =>
      processes().some(({ stdoutLogfile, stderrLogfile }) => stdoutLogfile === path || stderrLogfile === path);
    const places: LogPlaces = {
      process: (name) => processes().find((one) => `${one.group}:${one.name}` === name),
      mainLog: () => orNull(() => findMainLog(process.ppid, isProcessLog)),
    };
    const rpc = server === null ? noRpc : createRpc(server);
    return createLogDoor({ places, rpc, server });
  };
  return async (request, url) => {
    door ??= load();
    return (await door)(request, url);
  };
}

const noRpc = (): Promise<never> =>
  Promise.reject(new MultivisorError("HOST_UNREACHABLE", "Cannot ask supervisord for the log: it has no server"));

/** What belongs to another user's supervisord cannot be looked at. */
function orNull<T>(look: () => T | null): T | null {
  try {
    return look();
  } catch {
    return null;
  }
}
