import { expect, test } from "bun:test";
import type { LogBytes } from "./log-bytes.ts";
import { wholeLog } from "./whole-log.ts";

/** A log of so many bytes that is made as it is read. */
function source(size: number, available = size) {
  const state = { read: 0, closed: 0 };
  const log: LogBytes = {
    ...{ source: "file", size, etag: '"e"', files: [] },
    async readAt(position, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, available - position))).fill(65);
      state.read += bytes.length;
      return bytes;
    },
    cursorAt: () => "",
    positionOf: () => null,
    async close() {
      state.closed += 1;
    },
  };
  return { state, log };
}

const request = (headers: Record<string, string> = {}) => ({ method: "GET", headers: new Headers(headers) });

test("a log is read as it is taken, and closed when the last byte has gone", async () => {
  const { state, log } = source(5_000_000);
  const answer = await wholeLog(log, request());
  expect(state.read).toBe(0);
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  await reader.read();
  expect(state.read).toBeLessThan(1_000_000);
  let size = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    size += value.length;
  }
  expect(size).toBeGreaterThan(4_000_000);
  expect(state).toEqual({ read: 5_000_000, closed: 1 });
});

test("a reader who leaves closes it", async () => {
  const { state, log } = source(5_000_000);
  const answer = await wholeLog(log, request());
  await answer.body?.cancel();
  expect(state.closed).toBe(1);
});

test("a log that becomes shorter meanwhile is no complete answer", async () => {
  const { state, log } = source(5_000_000, 1_000);
  const answer = await wholeLog(log, request());
  expect(answer.arrayBuffer()).rejects.toThrow("shorter");
  await answer.arrayBuffer().catch(() => {});
  expect(state.closed).toBeGreaterThan(0);
});

test("an empty log is an empty answer", async () => {
  const { log } = source(0);
  const answer = await wholeLog(log, request());
  expect([answer.status, await answer.text()]).toEqual([200, ""]);
  expect((await wholeLog(log, request({ range: "bytes=0-" }))).status).toBe(416);
});
