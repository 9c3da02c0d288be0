import { parseSse } from "../../src/lib/sse-parse.ts";
import type { TestPlace } from "./test-place.ts";
import { waitFor } from "./wait-for.ts";

export type StreamMessage = { event: string; payload: Record<string, unknown> };
export type EventStream = {
  /** all so far, in order */
  readonly messages: readonly StreamMessage[];
  /** waits until one is there */
  readonly first: (
    what: string,
    test: (message: StreamMessage) => boolean,
    timeoutMs?: number,
  ) => Promise<StreamMessage>;
  readonly close: () => void;
};

/** Reads /api/stream; returns when the answer has begun. */
export async function openEventStream(
  place: TestPlace,
  url: string,
  path = "/api/stream",
  more: Record<string, string> = {},
): Promise<EventStream> {
  const controller = new AbortController();
  place.defer(() => controller.abort());
  const response = await fetch(url + path, {
    signal: controller.signal,
    headers: { accept: "text/event-stream", ...more },
  });
  if (!response.ok || response.body === null) throw new Error(`${path} answered ${response.status}`);
  const messages: StreamMessage[] = [];
  const body = response.body;
  void (async () => {
    for await (const { data } of parseSse(body)) messages.push(JSON.parse(data) as StreamMessage);
  })().catch(() => {});
  return {
    messages,
    first: (what, test, timeoutMs) => waitFor(what, () => messages.find(test), timeoutMs),
    close: () => controller.abort(),
  };
}
