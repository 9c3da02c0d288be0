import { MultivisorError } from "../../domain/errors.ts";
import { orLate } from "../../lib/or-late.ts";
import { SSE_HEARTBEAT } from "../../lib/sse-frame.ts";
import { SILENCE_MS } from "../../protocol/agent-constants.ts";
import type { LogFrame } from "../../protocol/agent-log-frames.ts";
import { type LogEncoding, logText } from "./log-text.ts";

const encoder = new TextEncoder();

/**
 * Frames of a log as the stream of Multivisor 6 has them: `data: {"message", "size"}`. The next frame is taken when the
 * browser has taken the one before, so that a slow one fills nobody's memory: it is moved on where the log is.
 * @param stop ends the frames; aborted when the browser is gone
 * @param onClose called once
 */
export function tailStream(
  frames: AsyncGenerator<LogFrame>,
  encoding: LogEncoding,
  stop: AbortController,
  onClose: () => void,
): ReadableStream<Uint8Array> {
  let open = true;
  const end = () => {
    if (!open) return;
    open = false;
    stop.abort();
    void frames.return(undefined).catch(() => {});
    onClose();
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await orLate(frames.next(), SILENCE_MS);
          if (!open) return;
          if (next === null) throw new MultivisorError("HOST_UNREACHABLE", "no sign of life");
          if (next.value !== undefined) controller.enqueue(encoder.encode(eventOf(next.value, encoding)));
          if (!next.done) return;
        } catch {
          // The reader comes back and is told why, with a status.
        }
        if (!open) return;
        end();
        controller.close();
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}

function eventOf(frame: LogFrame, encoding: LogEncoding): string {
  switch (frame.kind) {
    case "begin":
    case "alive":
      return SSE_HEARTBEAT;
    case "data":
      return event({ ...logText("message", frame.data, encoding), size: frame.size }, frame.cursor);
    case "note":
      return event({ message: noteText(frame), size: frame.size, note: frame.note, skipped: frame.skipped });
    case "end":
      return event({ message: "", size: 0, note: "end", reason: frame.reason });
  }
}

/** A browser that comes back says the last id that it has, and gets what follows. */
const event = (value: object, id: string | null = null): string =>
  `${id === null ? "" : `id: ${id}\n`}data: ${JSON.stringify(value)}\n\n`;

/** Clients of Multivisor 6 know of text alone. */
function noteText({ note, skipped }: Extract<LogFrame, { kind: "note" }>): string {
  if (note !== "skipped") return "";
  return skipped === null ? "\n[some of the log skipped]\n" : `\n[${skipped} bytes skipped]\n`;
}
