import { expect, test } from "bun:test";
import { encodeFrame, type LogFrame, readFrames } from "./agent-log-frames.ts";

const FRAMES: readonly LogFrame[] = [
  { kind: "begin", source: "file", size: 7 },
  { kind: "data", size: 12, cursor: "a.b:12", data: new Uint8Array([0, 10, 13, 27, 128, 255, 123]) },
  { kind: "note", note: "skipped", skipped: 5, size: 17 },
  { kind: "data", size: 17, cursor: null, data: new Uint8Array() },
  { kind: "alive" },
  { kind: "end", reason: "gone\n" },
];

const bodyOf = (bytes: Uint8Array, step: number) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += step) controller.enqueue(bytes.subarray(at, at + step));
      controller.close();
    },
  });

async function all(bytes: Uint8Array, step: number, max = 1_000): Promise<LogFrame[]> {
  const frames: LogFrame[] = [];
  for await (const frame of readFrames(bodyOf(bytes, step), max)) frames.push(frame);
  return frames;
}

test("frames come out as they went in, wherever the network cuts them", async () => {
  const bytes = Buffer.concat(FRAMES.map(encodeFrame));
  for (const step of [1, 2, 3, 7, 50, 10_000]) {
    const read = await all(bytes, step);
    expect(read.map((frame) => (frame.kind === "data" ? { ...frame, data: [...frame.data] } : frame))).toEqual(
      FRAMES.map((frame) => (frame.kind === "data" ? { ...frame, data: [...frame.data] } : frame)) as never,
    );
  }
});

test("a peer that sends no frames, or too large ones, is refused", async () => {
  expect(all(new Uint8Array(10_000).fill(65), 100)).rejects.toThrow("without a head");
  expect(all(encodeFrame({ kind: "data", size: 1, cursor: null, data: new Uint8Array(2_000) }), 100)).rejects.toThrow(
    "2000 bytes",
  );
  // Read as told, this one would lead back to its own beginning for ever.
  const backwards = new TextEncoder().encode('{"kind":"alive","bytes":-29}\n');
  expect(all(backwards, 100)).rejects.toThrow("-29 bytes");
  expect(all(encodeFrame(FRAMES[1] as LogFrame).subarray(0, -1), 100)).rejects.toThrow("too early");
});
