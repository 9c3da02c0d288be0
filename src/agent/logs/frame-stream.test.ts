import { expect, test } from "bun:test";
import { waitFor } from "../../../test/support/wait-for.ts";
import type { LogFrame } from "../../protocol/agent-log-frames.ts";
import { frameStream } from "./frame-stream.ts";

/** Frames without end; counts those that were made. */
function source() {
  const state = { made: 0, closed: 0, ended: false };
  const stop = new AbortController();
  async function* frames(): AsyncGenerator<LogFrame> {
    try {
      while (!stop.signal.aborted) {
        state.made += 1;
        yield { kind: "data", size: state.made, cursor: null, data: new Uint8Array(10) };
      }
    } finally {
      state.ended = true;
    }
  }
  const open = (stallMs?: number) => frameStream(frames(), stop, () => (state.closed += 1), stallMs);
  return { state, open };
}

test("a frame is made when the one before has been taken, and none for a reader who does not read", async () => {
  const { state, open } = source();
  const reader = open().getReader();
  for (let n = 1; n <= 5; n++) {
    await reader.read();
    expect(state.made).toBeLessThanOrEqual(n + 1);
  }
  await reader.cancel();
  await waitFor("the end", () => state.ended);
  expect(state.closed).toBe(1);
});

test("a reader who has taken nothing for long is let go, with the file that was held open for it", async () => {
  const { state, open } = source();
  const reader = open(20).getReader();
  await reader.read();
  await waitFor("the end", () => state.ended);
  expect(state.closed).toBe(1);
});
