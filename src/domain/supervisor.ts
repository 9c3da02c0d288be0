import type { Namespec, SupervisorName } from "./names.ts";
import type { FleetProcess } from "./process.ts";
import type { Right } from "./rights.ts";

export type LinkKind = "agent" | "xmlrpc" | "zerorpc";

/**
 * How the hub stands to one supervisord. Only "live" vouches for what is shown; in every other state the processes are
 * as last seen. `sinceMs` is epoch milliseconds of the hub's clock.
 */
export type LinkState =
  | { readonly status: "connecting"; readonly sinceMs: number }
  | { readonly status: "live"; readonly sinceMs: number }
  | {
      readonly status: "down";
      readonly sinceMs: number;
      /** one line for people: "connection refused", "no sign of life for 15 s" */
      readonly reason: string;
    };

export type LinkStatus = LinkState["status"];

/** What keeps others out of the agent: it asks for its token, it speaks TLS. */
export type LinkSecurity = "none" | "token" | "tls" | "token+tls";

/** What supervisord says of itself; null where it was never reached. */
export type SupervisorFacts = {
  readonly identification: string;
  readonly pid: number;
  readonly apiVersion: string;
  readonly supervisorVersion: string;
  readonly state: "RUNNING" | "STOPPING";
};

export type Supervisor = {
  readonly name: SupervisorName;
  /** as in the configuration file, without credentials */
  readonly url: string;
  readonly host: string;
  readonly linkKind: LinkKind;
  readonly link: LinkState;
  readonly facts: SupervisorFacts | null;
  /** version of the multivisor agent; null where there is none */
  readonly agentVersion: string | null;
  /** the host's clock minus the hub's, milliseconds; null where not known */
  readonly clockOffsetMs: number | null;
  /** of the host, as the zone database names it; null where not known */
  readonly timeZone: string | null;
  /** what the host lets hubs do */
  readonly allows: readonly Right[];
  /** null where not known, or not asked of this kind of link */
  readonly secured: LinkSecurity | null;
  /** for whoever may see a part of its processes alone: actions on all of it are not theirs */
  readonly isPart?: true;
  /** by namespec; as last seen where the link is not live */
  readonly processes: ReadonlyMap<Namespec, FleetProcess>;
};
