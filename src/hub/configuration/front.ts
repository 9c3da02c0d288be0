import type { Role } from "../../domain/role.ts";

/** What stands in front of the hub, and under which names it is reached. */
export type Front = {
  /** addresses and networks of reverse proxies, whose X-Forwarded-* is believed; `unix`: whoever uses the socket */
  readonly trustedProxies: readonly string[];
  /** of a proxy that has let somebody in, with their name; lower case; null: none */
  readonly loginHeader: string | null;
  /** of those that the proxy names and no [user:NAME] knows; null: they are not let in */
  readonly loginRole: Role | null;
  /** lower case; []: not said */
  readonly allowedHosts: readonly string[];
  /** PEM files; null: no TLS */
  readonly tls: { readonly cert: string; readonly key: string } | null;
};
