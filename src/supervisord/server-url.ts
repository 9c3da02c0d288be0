import { MultivisorError } from "../domain/errors.ts";

/** Where a supervisord's HTTP server listens, in the two arguments that `fetch` wants. */
export type ServerUrl = { readonly url: string; readonly unix: string | null };

/** @param text as in SUPERVISOR_SERVER_URL: `unix:///run/supervisor.sock` or `http://127.0.0.1:9001`; a path is that of a proxy */
export function parseServerUrl(text: string): ServerUrl {
  if (text.startsWith("unix://")) return { url: "http://localhost/RPC2", unix: text.slice("unix://".length) };
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:"))
    throw new MultivisorError(
      "BAD_CONFIG",
      `Cannot read supervisord's address "${text}": expected unix:///path or http://host:port`,
    );
  const path = url.pathname === "/" ? "/RPC2" : url.pathname;
  return { url: `${url.protocol}//${url.host}${path}`, unix: null };
}
