import type { SupervisorName } from "../../domain/names.ts";
import type { RpcTls } from "../../supervisord/rpc-tls.ts";
import type { Accounts } from "./accounts.ts";
import type { Credentials } from "./credentials.ts";
import type { Front } from "./front.ts";
import type { HistoryKeys } from "./read-history-keys.ts";

/** Where a supervisord is to be reached, as the url's scheme says; `auto` (no scheme, or tcp://) finds out by itself. */
export type SupervisorAddress =
  | { readonly scheme: "auto" | "agent" | "zerorpc"; readonly hostname: string; readonly port: number }
  | { readonly scheme: "http" | "https"; readonly hostname: string; readonly port: number; readonly path: string }
  | { readonly scheme: "unix"; readonly socket: string };

/** What the hub shows to a supervisor's side. For the link alone: no view and no API receives this type. */
export type SupervisorSecrets = {
  /** an agent's, on one line; null: none */
  readonly token: string | null;
  /** of supervisord's own HTTP server, from the url or from `username` and `password`; null: none */
  readonly basic: Credentials | null;
};

/** One [supervisor:NAME]. */
export type SupervisorConfiguration = {
  readonly name: SupervisorName;
  /** to be shown: `host:port`, or with the scheme where one other than tcp:// was given; never with credentials */
  readonly url: string;
  /** to be shown; for a unix socket "localhost" */
  readonly host: string;
  readonly address: SupervisorAddress;
  readonly secrets: SupervisorSecrets;
  /** whom to trust on the way to it; null: a way without TLS */
  readonly tls: RpcTls | null;
};

/** The whole configuration file, read once. */
export type Configuration = {
  readonly name: string;
  /** are the agents' own processes left out where processes are listed? */
  readonly hideAgents: boolean;
  readonly accounts: Accounts;
  readonly front: Front;
  readonly history: HistoryKeys;
  /** in the order of the file */
  readonly supervisors: readonly SupervisorConfiguration[];
  /** the keys of [global] for /api/data, `name` among them; nothing secret */
  readonly globals: Readonly<Record<string, string>>;
};

/** FILE:LINE: what; what to do */
export type Warning = string;
