import { encodeFrame, type LogFrame } from "../../protocol/agent-log-frames.ts";

/** A reader who takes nothing for so long is gone: what it holds open may be a deleted file. */
const STALL_MS = 60_000;

/**
 * Frames as a response body: the next is made when the one before was taken, so that nothing queues up here.
 * @param stop ends the frames; aborted when the reader is gone
 * @param onClose called once
 */
export function frameStream(
  frames: AsyncGenerator<LogFrame>,
  stop: AbortController,
  onClose: () => void,
  stallMs = STALL_MS,
): ReadableStream<Uint8Array> {
  let stall: ReturnType<typeof setTimeout> | undefined;
  let open = true;
  const end = () => {
    clearTimeout(stall);
    if (!open) return;
    open = false;
    stop.abort();
    void frames.return(undefined).catch(() => {});
    onClose();
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        stop.signal.addEventListener("abort", () => {
          if (!open) return;
          end();
          controller.close();
        });
      },
      async pull(controller) {
        clearTimeout(stall);
        try {
          const { value, done } = await frames.next();
          if (!open) return;
          if (value !== undefined) controller.enqueue(encodeFrame(value));
          if (value !== undefined && !done) {
            stall = setTimeout(() => stop.abort(), stallMs);
            return;
          }
          end();
          controller.close();
        } catch (error) {
          if (!open) return;
          end();
          controller.error(error);
        }
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}
