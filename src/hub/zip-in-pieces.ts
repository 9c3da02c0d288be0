import { constants, createGzip } from "node:zlib";

/** Enough for what is in sight first. */
const FIRST_BYTES = 64 * 1_024;

/**
 * A large page, compressed away from the thread that serves everybody; its beginning can be shown while the rest is under way.
 * @param level of gzip, 1 to 9
 */
export function zipInPieces(page: Uint8Array, level: number): ReadableStream<Uint8Array> {
  const zip = createGzip({ level });
  return new ReadableStream<Uint8Array>({
    start(controller) {
      zip.on("data", (piece: Uint8Array) => controller.enqueue(piece));
      zip.on("end", () => controller.close());
      zip.on("error", (error) => controller.error(error));
      zip.write(page.subarray(0, FIRST_BYTES));
      zip.flush(constants.Z_SYNC_FLUSH, () => zip.end(page.subarray(FIRST_BYTES)));
    },
    cancel() {
      zip.destroy();
    },
  });
}
