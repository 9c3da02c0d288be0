import { Elysia } from "elysia";
import { HubData } from "../../protocol/hub.ts";
import type { Requester } from "../actions/requester.ts";
import type { ApiData } from "../api/api-data.ts";
import { DATA } from "../openapi/examples.ts";
import type { Refresh } from "../refresh.ts";
import { needs } from "./needs.ts";

const HEADERS = {
  "content-type": "application/json; charset=utf-8",
  "cache-control": "private, no-cache",
  vary: "Accept-Encoding, Cookie, Authorization",
  "x-content-type-options": "nosniff",
};

/** /api/data and /api/refresh: the whole fleet. */
export const dataRoutes = (deps: {
  readonly data: ApiData;
  readonly refresh: Refresh;
  readonly who: (request: Request) => Requester;
}) => {
  const answerTo = (request: Request) => answer(request, deps.data.current(deps.who(request).view));
  return new Elysia({ name: "data" })
    .get(
      "/api/data",
      ({ request }) => answerTo(request),
      needs("read", {
        summary: "Every supervisor with its processes, as the hub knows them now",
        description: "Has a strong ETag: send it as If-None-Match, and as long as nothing changes the answer is 304.",
        group: "fleet",
        answer: HubData,
        example: DATA,
      }),
    )
    .get(
      "/api/refresh",
      async ({ request }) => {
        await deps.refresh.all();
        return answerTo(request);
      },
      needs("read", {
        summary: "As /api/data, after asking every supervisor anew",
        description: "A host that does not answer within 2 s is shown by its last known state.",
        group: "fleet",
        answer: HubData,
        example: DATA,
      }),
    );
};

function answer(request: Request, { json, etag, gzip }: ReturnType<ApiData["current"]>): Response {
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
