import type { EnterStreams } from "../door/stream-room.ts";
import type { PageStream } from "../live/page-stream.ts";

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
  // nginx holds back what it may buffer
  "x-accel-buffering": "no",
  "x-content-type-options": "nosniff",
};

type Asked = {
  readonly request: Request;
  readonly server: { timeout(request: Request, seconds: number): void } | null;
};

/** Goes on after what the browser saw last: `Last-Event-ID` of who comes back, `?since=` of a fresh page. */
export function pageStreamResponse(stream: PageStream, { request, server }: Asked, enter: EnterStreams): Response {
  const leave = enter(request);
  try {
    // Bun ends silent connections otherwise
    server?.timeout(request, 0);
    const since = request.headers.get("last-event-id") ?? new URL(request.url).searchParams.get("since");
    return new Response(stream.connect(since, leave), { headers: HEADERS });
  } catch (error) {
    leave();
    throw error;
  }
}
