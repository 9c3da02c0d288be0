import type { LinkKind } from "../../domain/supervisor.ts";
import type { Logger } from "../../lib/logger.ts";
import type { ProcessActions } from "../actions/process-actions.ts";
import type { SupervisorAddress, SupervisorConfiguration } from "../configuration/configuration.ts";
import type { Fleet } from "../fleet.ts";
import type { HistoryWriter } from "../store/store.ts";
import { createAgentHttp } from "./agent-http.ts";
import { createAgentLink } from "./agent-link.ts";
import type { Link } from "./link.ts";
import { createUnsupportedLink } from "./unsupported-link.ts";

export type LinkDeps = {
  readonly fleet: Fleet;
  readonly history: HistoryWriter;
  readonly log: Logger;
  readonly nowMs: () => number;
  readonly failed: ProcessActions["failed"];
};

/** The url's scheme says how a supervisord is spoken to. */
export function linkKind(address: SupervisorAddress): LinkKind {
  switch (address.scheme) {
    case "auto":
    case "agent":
      return "agent";
    case "zerorpc":
      return "zerorpc";
    case "http":
    case "https":
    case "unix":
      return "xmlrpc";
  }
}

export function makeLink(deps: LinkDeps, { name, address, secrets }: SupervisorConfiguration): Link {
  const { fleet, history, log, nowMs, failed } = deps;
  const report = fleet.report(name);
  switch (address.scheme) {
    case "auto":
    case "agent": {
      const http = createAgentHttp(address, secrets.token);
      return createAgentLink({
        name,
        http,
        report,
        history,
        log,
        nowMs,
        onFailure: (failure) => failed(name, failure),
      });
    }
    case "zerorpc":
    case "http":
    case "https":
    case "unix":
      return createUnsupportedLink({ name, report, log, nowMs, scheme: address.scheme });
  }
}
