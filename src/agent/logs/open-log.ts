import { MultivisorError } from "../../domain/errors.ts";
import type { Namespec } from "../../domain/names.ts";
import type { ProcessInfo } from "../../domain/process.ts";
import type { LogBytes } from "../../supervisord/logs/log-bytes.ts";
import { describeLog, type LogOf } from "../../supervisord/logs/log-of.ts";
import { openRpcLog } from "../../supervisord/logs/rpc-log.ts";
import type { Rpc } from "../../supervisord/rpc-client.ts";
import { openLogChain } from "./log-chain.ts";
import { isNotPermitted } from "./open-log-file.ts";

export type LogPlaces = {
  readonly process: (name: Namespec) => ProcessInfo | undefined;
  /** path of supervisord's own log; null where it cannot be found */
  readonly mainLog: () => string | null;
};

/**
 * The path that supervisord names for a log now. Nothing else says what is read.
 * @returns null for supervisord's own log where it cannot be found
 * @throws MultivisorError BAD_NAME, NO_LOG
 */
export function pathOf(places: LogPlaces, of: LogOf): string | null {
  if (of.kind === "main") return places.mainLog();
  const info = places.process(of.namespec);
  if (info === undefined) throw new MultivisorError("BAD_NAME", `Cannot read ${describeLog(of)}: no such process`);
  const path = of.channel === "stdout" ? info.stdoutLogfile : info.stderrLogfile;
  if (path === "")
    throw new MultivisorError(
      "NO_LOG",
      `Cannot read ${describeLog(of)}: supervisord keeps none (${of.channel}_logfile)`,
    );
  // /dev/stdout would be our own
  if (/^\/(?:dev\/(?!shm\/)|proc\/)/.test(path) || !path.startsWith("/"))
    throw new MultivisorError("NO_LOG", `Cannot read ${describeLog(of)}: it goes to ${path}, which keeps nothing`);
  return path;
}

/** Reads the file, or `instead` where that is not permitted. */
export async function whereMay<T>(
  path: string | null,
  read: (path: string) => Promise<T>,
  instead: () => Promise<T>,
): Promise<T> {
  if (path === null) return instead();
  try {
    return await read(path);
  } catch (error) {
    if (!isNotPermitted(error)) throw error;
    return instead();
  }
}

/** The log with its backups; from supervisord, without them, where we may not read the file. @throws MultivisorError */
export function openLog(places: LogPlaces, rpc: Rpc, of: LogOf): Promise<LogBytes> {
  return whereMay<LogBytes>(pathOf(places, of), openLogChain, () => openRpcLog(rpc, of));
}
