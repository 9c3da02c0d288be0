import { Elysia } from "elysia";
import { loginPage } from "../../views/login-page.tsx";
import { type Message, messagePage } from "../../views/message-page.tsx";
import { messageTexts } from "../../views/texts/message.ts";
import type { ViewContext } from "../../views/view-context.ts";
import { pageResponse } from "../page-response.ts";
import { needs } from "./needs.ts";
import { oldPages } from "./old-pages.ts";
import { type ActPagesOptions, actPages } from "./pages-acts.ts";
import { type AuditPagesOptions, auditPages } from "./pages-audit.ts";
import { fleetPages } from "./pages-fleet.ts";
import { type HistoryPagesOptions, historyPages } from "./pages-history.ts";
import { type SinglePagesOptions, singlePages } from "./pages-single.ts";
import { safeNext } from "./safe-next.ts";

/** What came of a login by a plain form. */
export type LoginOutcome =
  /** `setCookie`: the header's value */
  { readonly ok: true; readonly setCookie: string | null } | { readonly ok: false; readonly problem: string };

export type PagesOptions = Omit<SinglePagesOptions, "notFound"> &
  HistoryPagesOptions &
  AuditPagesOptions &
  ActPagesOptions & {
    readonly basePath: string;
    readonly login: (request: Request, username: string, password: string) => Promise<LoginOutcome> | LoginOutcome;
  };

const seeOther = (location: string, setCookie: string | null = null): Response =>
  new Response(null, {
    status: 303,
    headers: { location, ...(setCookie === null ? {} : { "set-cookie": setCookie }) },
  });

/** The page for what does not exist; also for others to answer with. */
export const notFoundPage = (
  { context, assets }: Pick<PagesOptions, "context" | "assets">,
  request: Request,
  message: Message = { title: messageTexts.notFound, text: messageTexts.nothingHere },
): Response => pageResponse(messagePage({ context: context(request), assets: assets.urls, ...message }), request, 404);

/** A person's browser, on its way to a page. */
const wantsPage = (request: Request): boolean => /\btext\/html\b/.test(request.headers.get("accept") ?? "");

function manifest({ fleetName, basePath }: ViewContext, icon: string): Response {
  const body = {
    name: fleetName,
    short_name: fleetName.slice(0, 12),
    start_url: `${basePath}/`,
    scope: `${basePath}/`,
    display: "standalone",
    icons: [{ src: icon, type: "image/svg+xml", sizes: "any" }],
  };
  return Response.json(body, { headers: { "content-type": "application/manifest+json", "cache-control": "no-cache" } });
}

/** Pages for people, and what they load. Paths are without the base path: that belongs to whoever mounts this. */
export function pages(options: PagesOptions) {
  const { assets, context, login } = options;
  const showLogin = (request: Request, fields: { problem: string | null; username: string; next: string }) =>
    pageResponse(
      loginPage({ context: context(request), assets: assets.urls, ...fields }),
      request,
      fields.problem === null ? 200 : 400,
    );
  return new Elysia({ name: "pages" })
    .use(fleetPages(options))
    .use(singlePages({ ...options, notFound: (request, message) => notFoundPage(options, request, message) }))
    .use(historyPages(options))
    .use(auditPages(options))
    .use(actPages(options))
    .use(oldPages(options.basePath))
    .get(
      "/login",
      ({ request }) => {
        const { authentication, user, basePath } = context(request);
        const next = safeNext(new URL(request.url).searchParams.get("next"), basePath);
        return !authentication || user !== null
          ? seeOther(next)
          : showLogin(request, { problem: null, username: "", next });
      },
      needs("open", "Page: the login"),
    )
    .post(
      "/login",
      async ({ request }) => {
        const form = new URLSearchParams(await request.text());
        const username = form.get("username") ?? "";
        const next = safeNext(form.get("next"), context(request).basePath);
        const outcome = await login(request, username, form.get("password") ?? "");
        return outcome.ok
          ? seeOther(next, outcome.setCookie)
          : showLogin(request, { problem: outcome.problem, username, next });
      },
      { parse: "none", ...needs("open", "The login of the page, without scripts") },
    )
    .get(
      "/assets/:file",
      ({ params, request }) => assets.serve(params.file, request) ?? notFoundPage(options, request),
      needs("open", "What pages load"),
    )
    .get(
      "/manifest.webmanifest",
      ({ request }) => manifest(context(request), assets.urls.icon),
      needs("open", "What browsers ask about the pages"),
    )
    .get("/favicon.ico", () => seeOther(assets.urls.icon), needs("open", "The icon"))
    .onError({ as: "global" }, ({ code, request }) =>
      code === "NOT_FOUND" && wantsPage(request) ? notFoundPage(options, request) : undefined,
    );
}
