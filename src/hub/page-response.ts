import { zipInPieces } from "./zip-in-pieces.ts";

const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join("; ");

/** Pages hold what only the reader may see, as it was that moment: nobody keeps them. */
const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  // Without the path: with names as long as supervisord allows, address and referrer together are more than a request may hold.
  "referrer-policy": "strict-origin",
  "x-frame-options": "DENY",
  "cache-control": "no-store",
  vary: "accept-encoding",
};

export function pageResponse(html: string, request: Request, status = 200): Response {
  const gzip = html.length > 1_024 && /\bgzip\b/.test(request.headers.get("accept-encoding") ?? "");
  return gzip
    ? new Response(zipped(html), { status, headers: { ...HEADERS, "content-encoding": "gzip" } })
    : new Response(html, { status, headers: HEADERS });
}

/** Above this many characters the beginning goes out first. */
const LARGE = 256 * 1_024;
const LEVEL = 3;

const zipped = (html: string) =>
  html.length > LARGE ? zipInPieces(new TextEncoder().encode(html), LEVEL) : Bun.gzipSync(html, { level: LEVEL });
