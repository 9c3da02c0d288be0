import type { EnterStreams } from "../door/stream-room.ts";
import type { PageStream } from "../live/page-stream.ts";
import { type Asked, streamResponse } from "./stream-response.ts";

/** Goes on after what the browser saw last: `Last-Event-ID` of who comes back, `?since=` of a fresh page. */
export function pageStreamResponse(stream: PageStream, asked: Asked, enter: EnterStreams): Response {
  const { headers, url } = asked.request;
  const since = headers.get("last-event-id") ?? new URL(url).searchParams.get("since");
  return streamResponse((onClose) => stream.connect(since, onClose), asked, enter);
}
