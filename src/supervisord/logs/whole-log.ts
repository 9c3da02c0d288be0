import { parseRange } from "../../lib/http-range.ts";
import type { LogBytes } from "./log-bytes.ts";

const CHUNK_BYTES = 256 * 1_024;
/** Who takes nothing for so long is gone: files are held open for it, deleted ones perhaps. */
const STALL_MS = 180_000;

/**
 * All of a log as an HTTP answer with ranges; closes it when the last byte is sent or nobody wants more.
 * @param request its Range and If-Range
 */
export async function wholeLog(
  log: LogBytes,
  request: { readonly headers: Headers; readonly method: string },
): Promise<Response> {
  const ifRange = request.headers.get("if-range");
  const isSame = ifRange === null || ifRange === log.etag;
  const range = isSame ? parseRange(request.headers.get("range"), log.size) : null;
  const common = { "accept-ranges": "bytes", "cache-control": "no-store", etag: log.etag, "x-log-source": log.source };
  if (range === "unsatisfiable") {
    await log.close();
    return new Response(null, { status: 416, headers: { ...common, "content-range": `bytes */${log.size}` } });
  }
  const { from, to } = range ?? { from: 0, to: log.size };
  const headers: Record<string, string> = {
    ...common,
    "content-type": "application/octet-stream",
    "content-length": String(to - from),
  };
  if (range !== null) headers["content-range"] = `bytes ${from}-${to - 1}/${log.size}`;
  const status = range === null ? 200 : 206;
  if (request.method !== "HEAD") return new Response(bytesOf(log, from, to), { status, headers });
  await log.close();
  return new Response(null, { status, headers });
}

/** Read as it is taken. */
function bytesOf(log: LogBytes, from: number, to: number): ReadableStream<Uint8Array> {
  let at = from;
  let stall: ReturnType<typeof setTimeout> | undefined;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        clearTimeout(stall);
        try {
          const bytes = at < to ? await log.readAt(at, Math.min(CHUNK_BYTES, to - at)) : new Uint8Array();
          if (bytes.length === 0 && at < to) throw new Error("the log has become shorter meanwhile");
          if (bytes.length > 0) controller.enqueue(bytes);
          at += bytes.length;
          if (at < to) {
            stall = setTimeout(() => {
              void log.close();
              controller.error(new Error("the reader has stopped reading"));
            }, STALL_MS);
            return;
          }
          await log.close();
          controller.close();
        } catch (error) {
          await log.close();
          controller.error(error);
        }
      },
      cancel() {
        clearTimeout(stall);
        return log.close();
      },
    },
    { highWaterMark: 0 },
  );
}
