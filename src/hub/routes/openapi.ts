import { Elysia, t } from "elysia";
import { apiPage } from "../../views/api-page.tsx";
import type { ViewContext } from "../../views/view-context.ts";
import type { Assets } from "../assets.ts";
import { openApi, operationsOf } from "../openapi/openapi.ts";
import { pageResponse } from "../page-response.ts";
import { needs } from "./needs.ts";

type Route = { readonly method: string; readonly path: string; readonly hooks?: unknown };

/** GET /api/openapi.json, and /api/docs that shows it to people. */
export const openApiRoutes = (deps: {
  readonly routes: () => readonly Route[];
  readonly basePath: string;
  readonly assets: Assets;
  readonly context: (request: Request) => ViewContext;
}) => {
  const { routes, basePath, assets, context } = deps;
  let document: string | null = null;
  return new Elysia({ name: "openapi" })
    .get(
      "/api/openapi.json",
      () => {
        document ??= JSON.stringify(openApi(operationsOf(routes(), basePath), basePath));
        return new Response(document, { headers: { "content-type": "application/json; charset=utf-8" } });
      },
      needs("read", {
        summary: "This API as OpenAPI 3.1",
        group: "hub",
        answer: t.Object({ openapi: t.String() }),
        example: { openapi: "3.1.0" },
      }),
    )
    .get(
      "/api/docs",
      ({ request }) => {
        const operations = operationsOf(routes(), basePath);
        return pageResponse(apiPage({ context: context(request), assets: assets.urls, operations }), request);
      },
      needs("read", "Page: this API, for people"),
    );
};
