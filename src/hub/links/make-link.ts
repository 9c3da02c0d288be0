import type { LinkKind } from "../../domain/supervisor.ts";
import type { Logger } from "../../lib/logger.ts";
import type { Failure } from "../../protocol/agent.ts";
import type { ProcessActions } from "../actions/process-actions.ts";
import type { SupervisorAddress, SupervisorConfiguration } from "../configuration/configuration.ts";
import type { Fleet } from "../fleet.ts";
import type { HistoryWriter } from "../store/store.ts";
import { createAgentHttp } from "./agent-http.ts";
import { createAgentLink } from "./agent-link.ts";
import type { Link } from "./link.ts";
import { createUnsupportedLink } from "./unsupported-link.ts";
import { createXmlrpcLink } from "./xmlrpc-link.ts";

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
  const onFailure = (failure: Failure) => failed(name, failure);
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
        onFailure,
      });
    }
    case "zerorpc":
      return createUnsupportedLink({ name, report, log, nowMs, scheme: address.scheme });
    case "http":
    case "https":
    case "unix": {
      const server = { serverUrl: serverUrlOf(address), ...secrets.basic };
      return createXmlrpcLink({ name, server, report, history, log, nowMs, onFailure });
    }
  }
}

/** As supervisorctl's configuration has it; without credentials. */
function serverUrlOf(address: Extract<SupervisorAddress, { scheme: "http" | "https" | "unix" }>): string {
  if (address.scheme === "unix") return `unix://${address.socket}`;
  const host = address.hostname.includes(":") ? `[${address.hostname}]` : address.hostname;
  return `${address.scheme}://${host}:${address.port}${address.path}`;
}
