import { DEFAULT_HUB_PORT } from "./hub.ts";

export type HubUrl = {
  /** no credentials, no slash at the end; a base path may follow the port */
  readonly base: string;
  /** the Authorization header; null where the url names nobody */
  readonly authorization: string | null;
  /** a session of `multivisor cli login` */
  readonly cookie?: string;
};

const base64 = (text: string): string => Buffer.from(text).toString("base64");

/**
 * `localhost`, `localhost:22000`, `[::1]:22000`, `http://…`, `https://…`, with a base path, with `user:password@`. No
 * port means 22000, or 443 for https.
 * @throws Error that says what is expected, and never repeats the text: it may hold a password
 */
export function parseHubUrl(text: string): HubUrl {
  const match = /^(?:(?<scheme>https?):\/\/)?(?<rest>[^\s?#]+)$/i.exec(text.trim());
  const scheme = match?.groups?.scheme?.toLowerCase() ?? "http";
  const rest = match?.groups?.rest ?? "";
  const url = rest.includes("://") ? null : URL.parse(`${scheme}://${rest}`);
  if (url === null)
    throw new Error("cannot read the address of the hub: expected host:port or http(s)://host:port/path");
  const authority = rest.split("/", 1)[0] ?? "";
  const namesPort = /:\d+$/.test(authority);
  if (!namesPort && scheme === "http") url.port = String(DEFAULT_HUB_PORT);
  const named = url.username !== "" || url.password !== "";
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return {
    base: `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, "")}`,
    authorization: named ? `Basic ${base64(credentials)}` : null,
  };
}
