import { describe, expect, test } from "bun:test";
import { byteStream } from "./byte-stream.ts";

describe("byteStream", () => {
  test("a reader that keeps up gets everything", async () => {
    let closed = 0;
    const stream = byteStream({ maxQueuedBytes: 100, onClose: () => closed++ });
    expect(stream.send("a")).toBe(true);
    stream.send("b");
    stream.close();
    expect(await new Response(stream.body).text()).toBe("ab");
    expect(closed).toBe(1);
  });
  test("a reader that does not read is dropped when its queue is full, and nobody waits for it", () => {
    let closed = 0;
    const stream = byteStream({ maxQueuedBytes: 10, onClose: () => closed++ });
    expect([stream.send("12345"), stream.send("12345"), stream.send("1"), stream.send("1")]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(closed).toBe(1);
  });
  test("a reader that goes away is noticed at once", async () => {
    let closed = 0;
    const stream = byteStream({ maxQueuedBytes: 10, onClose: () => closed++ });
    await stream.body.cancel();
    expect([closed, stream.send("x")]).toEqual([1, false]);
  });
});
