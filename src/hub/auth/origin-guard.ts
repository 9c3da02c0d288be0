import { Elysia } from "elysia";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Keeps other sites from acting through the browser of somebody who may: whatever changes something must come from a page
 * of ours. A request that says nothing of where it comes from is a script's; no browser sends one across sites without.
 */
export const originGuard = (deps: {
  readonly basePath: string;
  readonly onRefusal?: (request: Request, status: number) => Promise<void>;
}) =>
  new Elysia({ name: "origin-guard" }).onRequest(async ({ request }) => {
    if (!isGuarded(request, deps.basePath) || !isFromElsewhere(request)) return;
    await deps.onRefusal?.(request, 403);
    return Response.json(
      {
        code: "FORBIDDEN",
        message:
          "Refused: the request comes from a page of another site. Behind a proxy, let it pass the Host header unchanged",
      },
      { status: 403 },
    );
  });

/**
 * GET /api/admin/reload is from Multivisor 6, and changes something; a stream that another site opens costs, whether it can
 * be read or not.
 */
function isGuarded(request: Request, basePath: string): boolean {
  if (!SAFE_METHODS.has(request.method)) return true;
  const path = new URL(request.url).pathname.slice(basePath.length);
  return /^\/api\/admin\/|^\/api\/stream\b|^\/live\/|\/tail\//.test(path);
}

/**
 * Sec-Fetch-Site is the browser's own judgement, and right behind every proxy; "same-site" may be another port of this
 * host. Browsers send it over https and to localhost; where it is missing Origin decides.
 */
export function isFromElsewhere(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site !== "same-origin" && site !== "none";
  const origin = request.headers.get("origin");
  if (origin === null) return false;
  if (!URL.canParse(origin)) return true; // "null": a sandboxed page
  const { protocol, host } = new URL(origin);
  // Through URL both lose the port that goes without saying.
  const own = `${protocol}//${request.headers.get("host") ?? new URL(request.url).host}`;
  return !URL.canParse(own) || new URL(own).host !== host;
}
