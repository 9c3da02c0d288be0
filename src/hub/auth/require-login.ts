import { Elysia } from "elysia";
import { safeNext } from "../routes/safe-next.ts";
import type { Auth } from "./auth.ts";

/** Spelled as Multivisor 6 does. */
const UNAUTHENTICATED = { message: "Authenthication is required to access this endpoint" };

const OPEN = new Set(["/login", "/manifest.webmanifest", "/favicon.ico", "/api/auth", "/api/login", "/api/logout"]);

/**
 * Where a login is configured, lets nobody else in: the API answers 401, pages lead to the login. To be used before the
 * routes.
 */
export const requireLogin = ({ auth, basePath }: { readonly auth: Auth; readonly basePath: string }) =>
  // async, or Elysia would not wait for it
  new Elysia({ name: "require-login" }).onRequest(async ({ request }) => {
    if (!auth.isRequired()) return;
    const url = new URL(request.url);
    const path = url.pathname.startsWith(`${basePath}/`) ? url.pathname.slice(basePath.length) : url.pathname;
    if (OPEN.has(path) || path.startsWith("/assets/") || auth.user(request) !== null) return;
    const basic = await auth.basic(request);
    if (basic?.ok) return;
    if (basic !== null && basic.retryAfterS !== null) return tooManyTries(basic.problem, basic.retryAfterS);
    if (!isPage(request, path)) return Response.json(UNAUTHENTICATED, { status: 401 });
    return new Response(null, { status: 303, headers: { location: loginUrl(basePath, url) } });
  });

export const tooManyTries = (problem: string, retryAfterS: number, more: object = {}): Response =>
  Response.json(
    { code: "UNAUTHORIZED", message: problem, ...more },
    { status: 429, headers: { "retry-after": String(retryAfterS) } },
  );

/** Streams of pages are no pages: a reader of events would take the login's HTML for an event. */
function isPage(request: Request, path: string): boolean {
  if (path === "/api" || path.startsWith("/api/") || !["GET", "HEAD"].includes(request.method)) return false;
  return !request.headers.has("hx-request") && !/\btext\/event-stream\b/.test(request.headers.get("accept") ?? "");
}

function loginUrl(basePath: string, { pathname, search }: URL): string {
  const next = safeNext(pathname + search, basePath);
  return next === `${basePath}/` ? `${basePath}/login` : `${basePath}/login?next=${encodeURIComponent(next)}`;
}
