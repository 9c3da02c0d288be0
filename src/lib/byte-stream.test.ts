import { describe, expect, test } from "bun:test";
import { byteStream } from "./byte-stream.ts";
import { createWaitingBytes } from "./waiting-bytes.ts";

const closing = (maxQueuedBytes: number, waiting = createWaitingBytes(1_000)) => {
  let closed = 0;
  const stream = byteStream({ maxQueuedBytes, waiting, onClose: () => closed++ });
  return { ...stream, closed: () => closed };
};

describe("byteStream", () => {
  test("a reader that keeps up gets everything", async () => {
    const stream = closing(100);
    expect(stream.send("a")).toBe(true);
    stream.send("b");
    stream.close();
    expect(await new Response(stream.body).text()).toBe("ab");
    expect(stream.closed()).toBe(1);
  });
  test("a reader that does not read is dropped when its queue is full, and nobody waits for it", () => {
    const stream = closing(10);
    expect(["12345", "12345", "1", "1"].map(stream.send)).toEqual([true, true, false, false]);
    expect(stream.closed()).toBe(1);
  });
  test("a reader that goes away is noticed at once", async () => {
    const stream = closing(10);
    await stream.body.cancel();
    expect([stream.closed(), stream.send("x")]).toEqual([1, false]);
  });
  test("what is long is handed over in parts, one for each time that the reader asks", async () => {
    const stream = closing(1_000_000, createWaitingBytes(1_000_000));
    const long = new Uint8Array(200_000).map((_, i) => i % 251);
    const reader = stream.body.getReader();
    stream.send(long);
    stream.send("end");
    const parts: Uint8Array[] = [];
    for (let got = 0; got < 200_003; got += parts.at(-1)?.byteLength ?? 0)
      parts.push((await reader.read()).value ?? new Uint8Array());
    expect(parts.map((part) => part.byteLength)).toEqual([65_536, 65_536, 65_536, 3_392, 3]);
    expect(Buffer.concat(parts)).toEqual(Buffer.concat([long, Buffer.from("end")]));
  });
  test("a reader that takes nothing of what waits for it is dropped at the third sign of life", async () => {
    const stream = closing(100);
    for (let i = 0; i < 3; i++) stream.beat("");
    stream.send("a");
    stream.beat(":");
    stream.beat(":");
    const reader = stream.body.getReader();
    expect(await reader.read()).toEqual({ done: false, value: new Uint8Array([97]) });
    stream.send("b");
    stream.send("c");
    expect(stream.closed()).toBe(0);
    for (let i = 0; i < 3; i++) stream.beat(":");
    expect(stream.closed()).toBe(1);
  });
});

describe("what waits for all readers", () => {
  test("is counted once where many wait for the same, and no more when they have it or are gone", async () => {
    const waiting = createWaitingBytes(100);
    const [a, b] = [closing(100, waiting), closing(100, waiting)];
    const piece = new Uint8Array(60);
    a.send(piece);
    b.send(piece);
    expect(waiting.size()).toBe(60);
    await a.body.getReader().read();
    expect(waiting.size()).toBe(60);
    b.close();
    expect(waiting.size()).toBe(0);
  });
  test("where it is too much, who is furthest behind is dropped", () => {
    const waiting = createWaitingBytes(100);
    const [far, near] = [closing(100, waiting), closing(100, waiting)];
    far.send("x".repeat(90));
    expect(near.send("y".repeat(20))).toBe(true);
    expect([far.closed(), near.closed(), waiting.size()]).toEqual([1, 0, 20]);
  });
});
