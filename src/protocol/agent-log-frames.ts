/**
 * Of the contract in agent-logs.ts; apart, so that the agent need not load the schemas.
 *
 * A frame is one line of JSON, its head, and after the line break as many bytes as its `bytes` says (none: 0). So text in any
 * encoding, or none, passes as it is.
 */
export type LogChannel = "stdout" | "stderr";
/** Bytes come from the file, or from supervisord where the agent may not read the file. */
export type LogSource = "file" | "supervisord";

/** Something that is not text of the log. */
export type LogNote =
  /** the reader was too slow, or files were deleted before they could be read */
  | "skipped"
  /** the file has become shorter, and goes on from its beginning */
  | "truncated"
  /** the file was deleted and made anew (clearProcessLogs) */
  | "cleared"
  /** the file is a backup now; nothing is lost */
  | "rotated";

export type LogFrame =
  /** comes first; `size`: of the file when it was opened, 0 where it is not there yet */
  | { readonly kind: "begin"; readonly source: LogSource; readonly size: number }
  /**
   * whole characters, where the bytes are UTF-8; `size`: position in the file after them; `cursor`: names that place, to go
   * on from after a lost connection; null where there is none
   */
  | { readonly kind: "data"; readonly size: number; readonly cursor: string | null; readonly data: Uint8Array }
  /** `skipped`: bytes that are not sent; null: not known how many */
  | { readonly kind: "note"; readonly note: LogNote; readonly skipped: number | null; readonly size: number }
  /** every HEARTBEAT_MS where there is nothing else to say */
  | { readonly kind: "alive" }
  /** there is no such log any more */
  | { readonly kind: "end"; readonly reason: string };

export const MAX_PAGE_BYTES = 1_024 * 1_024;
export const DEFAULT_PAGE_BYTES = 64 * 1_024;
export const MAX_PAGE_LINES = 10_000;
export const MAX_MATCHES = 1_000;
export const MAX_CONTEXT_LINES = 100;
export const MAX_PATTERN_LENGTH = 1_000;
export const SEARCH_TIMEOUT_MS = 8_000;
/** How far back a tail begins where nobody says; supervisord's own is the same. */
export const DEFAULT_BACK_BYTES = 1_024;
/** Header that says in JSON what a page is. */
export const PAGE_HEADER = "x-multivisor-log";
/** A head longer than this is no head. */
const MAX_HEAD_BYTES = 4_096;

const encoder = new TextEncoder();
const NEWLINE = 10;

export function encodeFrame(frame: LogFrame): Uint8Array {
  if (frame.kind !== "data") return encoder.encode(`${JSON.stringify(frame)}\n`);
  const { data, ...rest } = frame;
  const head = encoder.encode(`${JSON.stringify({ ...rest, bytes: data.byteLength })}\n`);
  const bytes = new Uint8Array(head.byteLength + data.byteLength);
  bytes.set(head);
  bytes.set(data, head.byteLength);
  return bytes;
}

/** Reads on only when the frame before has been taken: a slow reader makes the sender wait. @throws where it is no frame */
export async function* readFrames(body: ReadableStream<Uint8Array>, maxBytes: number): AsyncGenerator<LogFrame> {
  const source = body.getReader();
  let rest: Uint8Array = new Uint8Array();
  const more = async (): Promise<boolean> => {
    const { value, done } = await source.read();
    if (value !== undefined) rest = rest.byteLength === 0 ? value : joined(rest, value);
    return !done;
  };
  try {
    for (;;) {
      let end = rest.indexOf(NEWLINE);
      while (end < 0) {
        if (rest.byteLength > MAX_HEAD_BYTES) throw new Error("a log frame without a head");
        if (!(await more())) return;
        end = rest.indexOf(NEWLINE);
      }
      const { bytes = 0, ...head } = JSON.parse(new TextDecoder().decode(rest.subarray(0, end)));
      // Anything else would be read again and again.
      if (!Number.isInteger(bytes) || bytes < 0 || bytes > maxBytes) throw new Error(`a log frame of ${bytes} bytes`);
      while (rest.byteLength < end + 1 + bytes) if (!(await more())) throw new Error("a log frame that ends too early");
      const data = rest.subarray(end + 1, end + 1 + bytes);
      rest = rest.subarray(end + 1 + bytes);
      yield head.kind === "data" ? { ...head, data } : head;
    }
  } finally {
    await source.cancel().catch(() => {});
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.byteLength + b.byteLength);
  both.set(a);
  both.set(b, a.byteLength);
  return both;
}
