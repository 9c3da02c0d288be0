import { isIP } from "node:net";
import type { Front } from "../configuration/front.ts";
import { createProxyMatcher } from "../configuration/read-front.ts";

/** The other end of a request, beyond the proxies that are known. */
export type Client = {
  /** "": a unix socket whose user no proxy told of */
  readonly address: (request: Request) => string;
  readonly isHttps: (request: Request) => boolean;
  /** the name that a proxy has let in; null: none, or the header came from elsewhere */
  readonly loginName: (request: Request) => string | null;
  readonly isFromProxy: (request: Request) => boolean;
};

/** @param peer the address of the connection itself, "" of a unix socket */
export function createClient(front: () => Front, peer: (request: Request) => string): Client {
  let made: { readonly front: Front; readonly isProxy: (address: string) => boolean } | null = null;
  const isProxy = (address: string): boolean => {
    const now = front();
    if (made?.front !== now) made = { front: now, isProxy: createProxyMatcher(now.trustedProxies) };
    return made.isProxy(address);
  };
  const isFromProxy = (request: Request) => isProxy(peer(request));
  return {
    isFromProxy,
    address(request) {
      const hops = (request.headers.get("x-forwarded-for") ?? "").split(",").map((hop) => hop.trim());
      let address = peer(request);
      // From the nearest: what stands before the first that is not ours anybody may have written.
      while (isProxy(address)) {
        const hop = hops.pop();
        if (hop === undefined || isIP(bare(hop)) === 0) return address;
        address = bare(hop);
      }
      return address;
    },
    isHttps: (request) =>
      request.url.startsWith("https:") ||
      (isFromProxy(request) && request.headers.get("x-forwarded-proto")?.split(",").at(-1)?.trim() === "https"),
    loginName(request) {
      const { loginHeader } = front();
      if (loginHeader === null || !isFromProxy(request)) return null;
      const name = request.headers.get(loginHeader)?.trim() ?? "";
      return name === "" || name.length > 200 ? null : name;
    },
  };
}

/** `[::1]:8080` and `10.0.0.1:8080` as some proxies write it. */
const bare = (hop: string): string =>
  /^\[([^\]]+)\](?::\d+)?$/.exec(hop)?.[1] ?? (/^[\d.]+:\d+$/.test(hop) ? hop.slice(0, hop.indexOf(":")) : hop);
