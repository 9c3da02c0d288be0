import { expect, test } from "bun:test";
import { byteStream } from "../../lib/byte-stream.ts";
import { streamResponse } from "./stream-response.ts";

const request = new Request("http://localhost/stream");

test("a stream may be silent; when its reader is dropped it leaves, and the connection gets its end", () => {
  const told: string[] = [];
  const server = { timeout: (_: Request, seconds: number) => void told.push(`may be silent for ${seconds} s`) };
  let drop = () => {};
  const open = (onClose: () => void) => {
    const stream = byteStream({ maxQueuedBytes: 1, onClose });
    drop = () => stream.send("too much");
    return stream.body;
  };
  streamResponse(open, { request, server }, () => () => void told.push("left"));
  expect(told).toEqual(["may be silent for 0 s"]);
  drop();
  expect(told).toEqual(["may be silent for 0 s", "left", "may be silent for 5 s"]);
});
