import { Elysia } from "elysia";
import type { ApiStream } from "../live/api-stream.ts";

export const STREAM_HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
  // nginx holds back what it may buffer
  "x-accel-buffering": "no",
} as const;

/** /api/stream: what happens, as it happens. */
export const streamRoutes = (deps: { readonly stream: ApiStream }) =>
  new Elysia({ name: "stream" }).get("/api/stream", ({ request, server }) => {
    // Bun ends silent connections otherwise
    server?.timeout(request, 0);
    return new Response(deps.stream.open(), { headers: STREAM_HEADERS });
  });
