import type { EnterStreams } from "../door/stream-room.ts";

export const STREAM_HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
  // nginx holds back what it may buffer
  "x-accel-buffering": "no",
  "x-content-type-options": "nosniff",
} as const;

/** Given to a stream that has ended, for what its socket still holds. */
const LAST_BYTES_S = 5;

export type Asked = {
  readonly request: Request;
  readonly server: { timeout(request: Request, seconds: number): void } | null;
};

/**
 * Enters, and answers with a stream that may be silent. A reader that does not read would otherwise keep its connection,
 * and memory for it, for ever.
 * @param open takes what is to be called once, whatever ends the stream
 */
export function streamResponse(
  open: (onClose: () => void) => ReadableStream<Uint8Array>,
  { request, server }: Asked,
  enter: EnterStreams,
): Response {
  const leave = enter(request);
  try {
    server?.timeout(request, 0);
    const onClose = () => {
      leave();
      server?.timeout(request, LAST_BYTES_S);
    };
    return new Response(open(onClose), { headers: STREAM_HEADERS });
  } catch (error) {
    leave();
    throw error;
  }
}
