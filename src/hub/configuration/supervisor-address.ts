import { DEFAULT_AGENT_PORT } from "../../protocol/agent.ts";
import type { SupervisorAddress } from "./configuration.ts";
import type { Credentials } from "./credentials.ts";

export type ReadAddress = {
  readonly address: SupervisorAddress;
  readonly url: string;
  readonly host: string;
  readonly basic: Credentials | null;
};

const DEFAULT_PORT = { auto: DEFAULT_AGENT_PORT, agent: DEFAULT_AGENT_PORT, zerorpc: 9_002, http: 80, https: 443 };
const SCHEMES = new Map<string, keyof typeof DEFAULT_PORT>([
  ["tcp", "auto"],
  ["agent", "agent"],
  ["zerorpc", "zerorpc"],
  ["http", "http"],
  ["https", "https"],
]);

/**
 * `[scheme://][user:password@][host][:port][/path]`, or `unix:///path/of.sock`.
 * @param defaultHost where the url names none: the supervisor's name
 * @throws Error "what; what to do", without the url's credentials
 */
export function readAddress(text: string, defaultHost: string): ReadAddress {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase() ?? "";
  const rest = scheme === "" ? text : text.slice(scheme.length + 3);
  if (scheme === "unix") return unixAddress(rest);
  const kind = scheme === "" ? "auto" : SCHEMES.get(scheme);
  if (kind === undefined)
    throw new Error(
      `the url's scheme "${scheme}://" is not known; use host:port, ${[...SCHEMES.keys()].join(", ")} or unix`,
    );
  const at = rest.lastIndexOf("@");
  const place = rest.slice(at + 1);
  const { hostname, port, path: given } = readPlace(place, defaultHost, DEFAULT_PORT[kind]);
  const basic = at < 0 ? null : readUserInfo(rest.slice(0, at));
  const host = hostname.includes(":") ? `[${hostname}]` : hostname;
  if (kind === "http" || kind === "https") {
    // Where supervisord answers XML-RPC unless a proxy in front of it says otherwise.
    const path = given === "" ? "/RPC2" : given;
    const url = `${kind}://${host}:${port}${path === "/RPC2" ? "" : path}`;
    return { address: { scheme: kind, hostname, port, path }, url, host: hostname, basic };
  }
  if (given !== "") throw new Error(`a path in the url of an agent; write host:port alone`);
  const url = kind === "auto" ? `${host}:${port}` : `${kind}://${host}:${port}`;
  return { address: { scheme: kind, hostname, port }, url, host: hostname, basic };
}

function readPlace(place: string, defaultHost: string, defaultPort: number) {
  const match = /^(?:\[(?<v6>[0-9a-fA-F:.]+)\]|(?<name>[^\s:/?#[\]]*))(?::(?<port>\d{1,5}))?(?<path>\/\S*)?$/.exec(
    place,
  );
  if (match?.groups === undefined) throw new Error(`cannot read the url "${place}"; use host:port or [v6]:port`);
  const { v6, name, port = String(defaultPort), path = "" } = match.groups;
  if (Number(port) < 1 || Number(port) > 65_535) throw new Error(`port ${port} in the url; use one of 1 to 65535`);
  const hostname = v6 ?? (name || defaultHost);
  if (v6 === undefined && !/^[^\s:/?#[\]]+$/.test(hostname))
    throw new Error(`the url names no host, and "${hostname}" cannot be one; write url=host:port`);
  return { hostname, port: Number(port), path: path === "/" ? "" : path };
}

function unixAddress(rest: string): ReadAddress {
  const at = rest.startsWith("/") ? -1 : rest.indexOf("@/");
  const socket = rest.slice(at + 1);
  if (!socket.startsWith("/")) throw new Error("a unix url without an absolute path; write unix:///path/of.sock");
  const basic = at < 0 ? null : readUserInfo(rest.slice(0, at));
  return { address: { scheme: "unix", socket }, url: `unix://${socket}`, host: "localhost", basic };
}

function readUserInfo(text: string): Credentials {
  const colon = text.indexOf(":");
  const decode = (part: string) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part; // a password that was never encoded
    }
  };
  if (colon < 0) return { username: decode(text), password: "" };
  return { username: decode(text.slice(0, colon)), password: decode(text.slice(colon + 1)) };
}

/** Equal for two that lead to the same place. */
export const sameAddress = (a: SupervisorAddress): string =>
  a.scheme === "unix" ? a.socket : `${a.hostname.toLowerCase()}:${a.port}`;
