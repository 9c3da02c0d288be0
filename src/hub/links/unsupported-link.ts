import { MultivisorError } from "../../domain/errors.ts";
import type { SupervisorName } from "../../domain/names.ts";
import type { Logger } from "../../lib/logger.ts";
import type { LinkReport } from "../fleet.ts";
import type { Link } from "./link.ts";

/** A supervisor whose url has a scheme that this version does not speak: shown as down, with what to do. */
export function createUnsupportedLink(deps: {
  readonly name: SupervisorName;
  readonly scheme: string;
  readonly report: LinkReport;
  readonly log: Logger;
  readonly nowMs: () => number;
}): Link {
  const { name, scheme, report, log, nowMs } = deps;
  const reason = `this version cannot speak to ${scheme}:// urls: run "multivisor agent" beside supervisord and give its host:port`;
  const refuse = () => Promise.reject(new MultivisorError("HOST_UNREACHABLE", `${name} is down: ${reason}`));
  return {
    async run() {
      log.warn(`${name}: ${reason}`);
      report.link({ status: "down", sinceMs: nowMs(), reason });
    },
    command: refuse,
    refresh: refuse,
  };
}
