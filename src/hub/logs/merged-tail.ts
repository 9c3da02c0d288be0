import { messageOf } from "../../domain/errors.ts";
import { orLate } from "../../lib/or-late.ts";
import { SSE_HEARTBEAT, sseFrame } from "../../lib/sse-frame.ts";
import { SILENCE_MS } from "../../protocol/agent-constants.ts";
import type { LogFrame } from "../../protocol/agent-log-frames.ts";

/** One of the logs that are followed together, or why it cannot be. */
export type TailSource = { readonly frames: AsyncGenerator<LogFrame> } | { readonly problem: string };

type Step = { readonly i: number; readonly frame: LogFrame | null; readonly problem: string | null };

const encoder = new TextEncoder();

/**
 * Several logs as one stream of server-sent events: `{"of", "message", "cursor"}`, or `{"of", "note", "reason"}`; `of` says
 * which. The next frame is taken when the browser has taken the one before, each log in turn.
 * @param stop ends the frames
 * @param onClose called once
 */
export function mergedTail(
  sources: readonly TailSource[],
  stop: AbortController,
  onClose: () => void,
): ReadableStream<Uint8Array> {
  const waiting = new Map<number, Promise<Step>>();
  const decoders = sources.map(() => new TextDecoder());
  let turn = 0;
  let open = true;
  const end = () => {
    if (!open) return;
    open = false;
    stop.abort();
    for (const source of sources) if ("frames" in source) void source.frames.return(undefined).catch(() => {});
    onClose();
  };
  const ask = (i: number) => {
    const source = sources[i];
    if (source === undefined || !("frames" in source)) return;
    const step = source.frames.next().then(
      ({ value, done }): Step => ({ i, frame: done ? null : value, problem: done ? "" : null }),
      (error): Step => ({ i, frame: null, problem: messageOf(error) }),
    );
    waiting.set(i, step);
  };
  /** Whoever has something, beginning with another one each time: a loud log does not silence the others. */
  const next = (): Promise<Step | null> => {
    turn++;
    const order = [...waiting.keys()].sort((a, b) => ((a + turn) % sources.length) - ((b + turn) % sources.length));
    return orLate(Promise.race(order.map((i) => waiting.get(i) as Promise<Step>)), SILENCE_MS);
  };
  const textOf = ({ i, frame, problem }: Step): string => {
    if (frame === null) return event({ of: i, note: "lost", reason: problem ?? "" });
    switch (frame.kind) {
      case "begin":
      case "alive":
        return SSE_HEARTBEAT;
      case "data":
        return event({ of: i, message: decoders[i]?.decode(frame.data) ?? "", cursor: frame.cursor });
      case "note":
        return event({ of: i, note: frame.note, skipped: frame.skipped });
      case "end":
        return event({ of: i, note: "end", reason: frame.reason });
    }
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        for (const [i, source] of sources.entries())
          if ("problem" in source)
            controller.enqueue(encoder.encode(event({ of: i, note: "lost", reason: source.problem })));
          else ask(i);
        controller.enqueue(encoder.encode(SSE_HEARTBEAT));
      },
      async pull(controller) {
        const step = waiting.size === 0 ? null : await next();
        if (!open) return;
        if (step === null) {
          end();
          controller.close();
          return;
        }
        waiting.delete(step.i);
        controller.enqueue(encoder.encode(textOf(step)));
        if (step.frame !== null && step.frame.kind !== "end") ask(step.i);
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}

const event = (value: object): string => sseFrame({ data: JSON.stringify(value) });
