import type { SupervisorName } from "../../domain/names.ts";
import type { LinkKind } from "../../domain/supervisor.ts";
import type { Logger } from "../../lib/logger.ts";
import type { Failure } from "../../protocol/agent.ts";
import { createTlsOptions } from "../../supervisord/rpc-tls.ts";
import type { SupervisorAddress, SupervisorConfiguration } from "../configuration/configuration.ts";
import type { Fleet, LinkReport } from "../fleet.ts";
import type { HistoryWriter } from "../store/store.ts";
import { createAgentHttp } from "./agent-http.ts";
import { createAgentLink } from "./agent-link.ts";
import { createAutoLink } from "./auto-link.ts";
import { detectPeer } from "./detect-peer.ts";
import type { Link } from "./link.ts";
import { createXmlrpcLink } from "./xmlrpc-link.ts";
import { createZerorpcLink } from "./zerorpc-link.ts";

export type LinkDeps = {
  readonly fleet: Fleet;
  readonly history: HistoryWriter;
  readonly log: Logger;
  readonly nowMs: () => number;
  readonly failed: (supervisor: SupervisorName, failure: Failure) => void;
};

const HANDSHAKE_MS = 5_000;

/** The url's scheme says how a supervisord is spoken to; "auto" is an agent of ours until the link knows better. */
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

export function makeLink(deps: LinkDeps, { name, address, secrets, tls }: SupervisorConfiguration): Link {
  const { fleet, history, log, nowMs, failed } = deps;
  const report = fleet.report(name);
  const common = { name, history, log, nowMs, onFailure: (failure: Failure) => failed(name, failure) };
  const access = { token: secrets.token, tls };
  switch (address.scheme) {
    case "auto": {
      // Nobody but an agent of ours speaks TLS there.
      if (tls !== null) return createAgentLink({ ...common, report, http: createAgentHttp(address, access) });
      const make = {
        agent: (inner: LinkReport) =>
          createAgentLink({ ...common, report: inner, http: createAgentHttp(address, access) }),
        zerorpc: (inner: LinkReport) => createZerorpcLink({ ...common, report: inner, address }),
      };
      return createAutoLink({ ...common, report, make, detect: () => detectPeer(address) });
    }
    case "agent":
      return createAgentLink({ ...common, report, http: createAgentHttp(address, access) });
    case "zerorpc":
      return createZerorpcLink({ ...common, report, address });
    case "http":
    case "https":
    case "unix": {
      const trust =
        tls === null || address.scheme === "unix" ? {} : { tlsOptions: createTlsOptions(tls, address, HANDSHAKE_MS) };
      return createXmlrpcLink({
        ...{ ...common, report, server: { serverUrl: serverUrlOf(address), ...secrets.basic, ...trust } },
      });
    }
  }
}

/** As supervisorctl's configuration has it; without credentials. */
function serverUrlOf(address: Extract<SupervisorAddress, { scheme: "http" | "https" | "unix" }>): string {
  if (address.scheme === "unix") return `unix://${address.socket}`;
  const host = address.hostname.includes(":") ? `[${address.hostname}]` : address.hostname;
  return `${address.scheme}://${host}:${address.port}${address.path}`;
}
