import { open } from "node:fs/promises";

const BACK_BYTES = 1_024;
const LOOK_MS = 200;
const PIECE_BYTES = 64 * 1_024;

/** supervisord's /logtail: the last KiB, then what is written, until the reader leaves. */
export function logTail(path: string): ReadableStream<Uint8Array> {
  let at: number | null = null;
  let isLeft = false;

  async function read(): Promise<Uint8Array> {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      at ??= Math.max(0, size - BACK_BYTES);
      if (size < at) at = 0;
      const { buffer, bytesRead } = await file.read(new Uint8Array(PIECE_BYTES), 0, PIECE_BYTES, at);
      at += bytesRead;
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }
  return new ReadableStream({
    async pull(controller) {
      while (!isLeft) {
        const bytes = await read();
        if (bytes.length > 0) return controller.enqueue(bytes);
        await Bun.sleep(LOOK_MS);
      }
    },
    cancel() {
      isLeft = true;
    },
  });
}
