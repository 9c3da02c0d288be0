import { Elysia } from "elysia";
import { loginPage } from "../../views/login-page.tsx";
import type { Message } from "../../views/message-page.tsx";
import { messageTexts } from "../../views/texts/message.ts";
import type { AssetUrls, ViewContext } from "../../views/view-context.ts";
import { messageResponse } from "../error-page.ts";
import { pageResponse } from "../page-response.ts";
import { needs } from "./needs.ts";
import { oldPages } from "./old-pages.ts";
import { type ActPagesOptions, actPages } from "./pages-acts.ts";
import { type AuditPagesOptions, auditPages } from "./pages-audit.ts";
import { fleetPages } from "./pages-fleet.ts";
import { type HistoryPagesOptions, historyPages } from "./pages-history.ts";
import { type SinglePagesOptions, singlePages } from "./pages-single.ts";
import { safeNext } from "./safe-next.ts";
import { seeOther } from "./see-other.ts";

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

function manifest({ fleetName, basePath }: ViewContext, urls: AssetUrls): Response {
  const body = {
    name: fleetName,
    short_name: fleetName.slice(0, 12),
    id: `${basePath}/`,
    start_url: `${basePath}/`,
    scope: `${basePath}/`,
    display: "standalone",
    background_color: "#14171b",
    theme_color: "#1b1f25",
    icons: [
      { src: urls.icon, type: "image/svg+xml", sizes: "any" },
      { src: urls.icon192, type: "image/png", sizes: "192x192" },
      { src: urls.icon512, type: "image/png", sizes: "512x512" },
      { src: urls.iconMaskable, type: "image/png", sizes: "512x512", purpose: "maskable" },
    ],
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
  const notFound = (
    request: Request,
    message: Message = { title: messageTexts.notFound, text: messageTexts.nothingHere },
  ) => messageResponse(options, request, 404, message);
  return new Elysia({ name: "pages" })
    .use(fleetPages(options))
    .use(singlePages({ ...options, notFound }))
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
      ({ params, request }) => assets.serve(params.file, request) ?? notFound(request),
      needs("open", "What pages load"),
    )
    .get(
      "/manifest.webmanifest",
      ({ request }) => manifest(context(request), assets.urls),
      needs("open", "What browsers ask about the pages"),
    )
    .get("/favicon.ico", () => seeOther(assets.urls.icon), needs("open", "The icon"));
}
