import { Elysia } from "elysia";
import type { ApiData } from "../api/api-data.ts";
import type { Refresh } from "../refresh.ts";

const HEADERS = {
  "content-type": "application/json; charset=utf-8",
  "cache-control": "no-cache",
  vary: "Accept-Encoding",
};

/** /api/data and /api/refresh: the whole fleet. */
export const dataRoutes = (deps: { readonly data: ApiData; readonly refresh: Refresh }) =>
  new Elysia({ name: "data" })
    .get("/api/data", ({ request }) => answer(request, deps.data))
    .get("/api/refresh", async ({ request }) => {
      await deps.refresh.all();
      return answer(request, deps.data);
    });

function answer(request: Request, data: ApiData): Response {
  const { json, etag, gzip } = data.current();
  const takesGzip = /\bgzip\b/.test(request.headers.get("accept-encoding") ?? "");
  // Two encodings are two representations: a strong tag may not stand for both.
  const headers = { ...HEADERS, etag: takesGzip ? etag.replace(/"$/, '-gzip"') : etag };
  if (matches(request.headers.get("if-none-match"), headers.etag)) return new Response(null, { status: 304, headers });
  return takesGzip
    ? new Response(gzip(), { headers: { ...headers, "content-encoding": "gzip" } })
    : new Response(json, { headers });
}

const matches = (ifNoneMatch: string | null, etag: string): boolean =>
  ifNoneMatch !== null &&
  (ifNoneMatch.trim() === "*" || ifNoneMatch.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag));
