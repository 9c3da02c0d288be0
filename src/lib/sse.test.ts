import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { SSE_HEARTBEAT, sseFrame } from "./sse-frame.ts";
import { parseSse, type SseMessage } from "./sse-parse.ts";

async function read(chunks: readonly Uint8Array[], options = {}): Promise<SseMessage[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  return Array.fromAsync(parseSse(body, options));
}

function cut(bytes: Uint8Array, at: readonly number[]): Uint8Array[] {
  const places = [0, ...[...at].map((n) => n % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, i) => bytes.subarray(places[i], end));
}

describe("server-sent events", () => {
  test("any text comes back as it went, wherever the network cuts it", async () => {
    const text = fc.string({ unit: "grapheme" }).map((s) => s.replaceAll(/\r\n?/g, "\n"));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 5 }), fc.array(fc.nat()), async (texts, places) => {
        const wire = texts.map((data, i) => sseFrame({ data, event: "entry", id: `e:${i}` }) + SSE_HEARTBEAT).join("");
        const messages = await read(cut(new TextEncoder().encode(wire), places));
        expect(messages).toEqual(texts.map((data, i) => ({ data, event: "entry", lastEventId: `e:${i}` })));
      }),
    );
  });
  test("HTML of several lines keeps all of them", async () => {
    const [message] = await read([new TextEncoder().encode(sseFrame({ data: "<ul>\n<li>a</li>\r\n</ul>" }))]);
    expect(message).toEqual({ event: "message", data: "<ul>\n<li>a</li>\n</ul>", lastEventId: "" });
  });
  test("a field with a line break is refused, it could forge a message", () => {
    expect(() => sseFrame({ data: "x", id: "1\ndata: y" })).toThrow("line break");
  });
  test("a comment is a sign of life and no message", async () => {
    let alive = 0;
    expect(await read([new TextEncoder().encode(SSE_HEARTBEAT)], { onAlive: () => alive++ })).toEqual([]);
    expect(alive).toBe(1);
  });
  test("a peer that never ends its message is cut off", () => {
    const endless = [new TextEncoder().encode("data: "), new TextEncoder().encode("x".repeat(2_000))];
    expect(read(endless, { maxLength: 1_000 })).rejects.toThrow("above 1000 characters");
  });
});
