import { orLate } from "../lib/or-late.ts";
import { wholeCharsLength } from "../lib/utf8-cut.ts";
import type { LogFrame } from "./agent-log-frames.ts";

/**
 * Frames out of supervisord's own /logtail. It does not say where in the file it is.
 * @param size of the log when it began
 */
export async function* tailFrames(
  body: ReadableStream<Uint8Array>,
  options: { readonly size: number; readonly aliveMs: number },
): AsyncGenerator<LogFrame> {
  const reader = body.getReader();
  let held: Uint8Array = new Uint8Array();
  let size = Math.max(0, options.size - TAIL_BYTES);
  let next = reader.read();
  try {
    yield { kind: "begin", source: "supervisord", size: options.size };
    for (;;) {
      const read = await orLate(next, options.aliveMs);
      if (read === null) {
        yield { kind: "alive" };
        continue;
      }
      if (read.done || read.value === undefined) return;
      next = reader.read();
      const bytes = held.length === 0 ? read.value : Buffer.concat([held, read.value]);
      const whole = wholeCharsLength(bytes);
      held = bytes.slice(whole);
      size += whole;
      if (whole > 0) yield { kind: "data", cursor: null, data: bytes.subarray(0, whole), size };
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** supervisord begins so far before the end. */
const TAIL_BYTES = 1_024;
