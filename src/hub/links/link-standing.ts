import { MultivisorError } from "../../domain/errors.ts";
import type { SupervisorName } from "../../domain/names.ts";
import type { Logger } from "../../lib/logger.ts";
import type { LinkReport } from "../fleet.ts";

/** Whether a supervisord is there for us, as the fleet and the log are told: once for each change, not for each attempt. */
export type LinkStanding = {
  readonly isLive: () => boolean;
  /** @returns whether this is news */
  readonly goLive: () => boolean;
  /** @param reason on one line, for people @returns whether this is news */
  readonly goDown: (reason: string) => boolean;
  /** for whoever cannot be served now */
  readonly unreachable: () => MultivisorError;
  /** @throws MultivisorError HOST_UNREACHABLE where it is not live */
  readonly requireLive: () => void;
};

export function createLinkStanding(deps: {
  readonly name: SupervisorName;
  readonly report: LinkReport;
  readonly log: Logger;
  readonly nowMs: () => number;
}): LinkStanding {
  const { name, report, log, nowMs } = deps;
  let live = false;
  let down = "not connected yet";
  const unreachable = () => new MultivisorError("HOST_UNREACHABLE", `${name} is down: ${down}`);
  return {
    isLive: () => live,
    goLive() {
      if (live) return false;
      live = true;
      log.info(`${name}: live`);
      report.link({ status: "live", sinceMs: nowMs() });
      return true;
    },
    goDown(reason) {
      const isNews = live || reason !== down;
      live = false;
      down = reason;
      if (!isNews) return false;
      log.warn(`${name}: down: ${reason}`);
      report.link({ status: "down", sinceMs: nowMs(), reason });
      return true;
    },
    unreachable,
    requireLive() {
      if (!live) throw unreachable();
    },
  };
}
