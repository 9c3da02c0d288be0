import { messageOf } from "../../domain/errors.ts";
import type { Logger } from "../../lib/logger.ts";
import type { Notify } from "./notify.ts";

export type ServiceEnvironment = {
  /** NOTIFY_SOCKET; undefined: nobody wants to be told */
  readonly socket: string | undefined;
  /** WATCHDOG_USEC and WATCHDOG_PID */
  readonly watchdogUsec: string | undefined;
  readonly watchdogPid: string | undefined;
};

export type Service = {
  readonly ready: () => void;
  readonly stopping: () => void;
  readonly close: () => void;
};

const NOBODY: Service = { ready() {}, stopping() {}, close() {} };

/**
 * Tells the service manager when the hub is ready, and that it is alive twice in each time of patience. A hub whose event
 * loop stands still says nothing, and is started anew.
 */
export async function openService(
  env: ServiceEnvironment,
  log: Logger,
  open: (socket: string) => Promise<Notify> = async (socket) => (await import("./notify.ts")).openNotify(socket),
): Promise<Service> {
  if (!env.socket) return NOBODY;
  const notify = await open(env.socket).catch((error) => {
    log.warn(`systemd cannot be told that the hub is ready: ${messageOf(error)}; use Type=exec`);
    return null;
  });
  if (notify === null) return NOBODY;
  const tell = (message: string) => {
    try {
      notify(message);
    } catch (error) {
      log.warn(`systemd: ${messageOf(error)}`);
    }
  };
  const patienceMs = Number(env.watchdogUsec ?? 0) / 1_000;
  const isMeant = env.watchdogPid === undefined || env.watchdogPid === String(process.pid);
  const timer = patienceMs > 0 && isMeant ? setInterval(() => tell("WATCHDOG=1"), patienceMs / 2) : null;
  return {
    ready: () => tell("READY=1\nSTATUS=Running"),
    stopping: () => tell("STOPPING=1"),
    close() {
      if (timer !== null) clearInterval(timer);
    },
  };
}
