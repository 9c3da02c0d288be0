import { Elysia } from "elysia";
import type { Account } from "../../domain/access.ts";
import { MultivisorError } from "../../domain/errors.ts";
import { permits } from "../../domain/role.ts";
import { safeNext } from "../routes/safe-next.ts";
import type { Auth } from "./auth.ts";
import type { RouteNeeds } from "./route-needs.ts";

/** Spelled as Multivisor 6 does. */
const UNAUTHENTICATED = { message: "Authenthication is required to access this endpoint" };

export type Refusal = {
  readonly request: Request;
  readonly account: Account | null;
  readonly status: number;
};

/**
 * The one place where it is decided who may use which route: strangers are sent away before anything of theirs is read,
 * and everybody else by what the route that was found needs. To be used before the routes.
 */
export function guard(deps: {
  readonly auth: Auth;
  readonly needs: RouteNeeds;
  readonly basePath: string;
  readonly onRefusal?: (refusal: Refusal) => void;
}) {
  const { auth, needs, basePath, onRefusal = () => {} } = deps;
  return (
    new Elysia({ name: "guard" })
      // async, or Elysia would not wait for it
      .onRequest(async ({ request }) => {
        const admission = await auth.admit(request);
        if (admission?.ok) return;
        const url = new URL(request.url);
        if (admission !== null && admission.retryAfterS !== null)
          return tooManyTries(admission.problem, admission.retryAfterS);
        if (needs.isOpenPath(request.method, url.pathname)) return;
        onRefusal({ request, account: null, status: 401 });
        if (!isPage(request, url.pathname.slice(basePath.length)))
          return Response.json(UNAUTHENTICATED, { status: 401 });
        return new Response(null, { status: 303, headers: { location: loginUrl(basePath, url) } });
      })
      .onBeforeHandle({ as: "global" }, ({ request, route }) => {
        const need = needs.ofRoute(request.method, route);
        const account = auth.account(request);
        if (permits(account?.role ?? null, need)) return;
        if (account === null) {
          onRefusal({ request, account, status: 401 });
          return Response.json(UNAUTHENTICATED, { status: 401 });
        }
        throw new MultivisorError("FORBIDDEN", `Not permitted: ${account.name} is ${account.role}, this needs ${need}`);
      })
  );
}

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
