import { describe, test } from "bun:test";
import fc from "fast-check";
import { MultivisorError } from "../domain/errors.ts";
import type { Namespec } from "../domain/names.ts";
import { encodeFrame, type LogFrame, readFrames } from "../protocol/agent-log-frames.ts";
import { parseCursor } from "../protocol/cursor.ts";
import { tailFrames } from "../protocol/tail-frames.ts";
import { parseEvent } from "../supervisord/event-payload.ts";
import { parseProcessInfo } from "../supervisord/process-info.ts";
import { isFromElsewhere } from "./auth/origin-guard.ts";
import { readAddress } from "./configuration/supervisor-address.ts";
import { checked } from "./links/agent-http.ts";
import { AGENT_SCHEMAS } from "./links/agent-session.ts";
import { parseOldEvent } from "./links/zerorpc-event.ts";
import { createStats } from "./stats/stats.ts";
import { parseSummaryQuery, parseTimelineQuery, SUMMARY_PARAMETERS } from "./store/figures-query.ts";

// Beside fuzz.test.ts, zmtp.test.ts, sse.test.ts and xmlrpc.test.ts: what agents and supervisords send, and the rest of what clients do.

const text = fc.string({ unit: "binary", maxLength: 200 });
const bytes = fc.uint8Array({ maxLength: 300 });

const body = (chunks: readonly Uint8Array[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });

/** @returns null where it ends with an error, as a link does that comes back */
async function framesOf(frames: AsyncGenerator<LogFrame>, most: number): Promise<LogFrame[] | null> {
  const read: LogFrame[] = [];
  try {
    for await (const frame of frames) if (read.push(frame) > most) throw new RangeError("without end");
    return read;
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return null;
  }
}

const orOurs = (act: () => unknown): boolean => {
  try {
    act();
    return true;
  } catch (error) {
    return error instanceof MultivisorError;
  }
};

const holds = (name: string, property: fc.IRawProperty<unknown, boolean>) =>
  test(name, async () => {
    await fc.assert(property, { numRuns: 500 });
  });

describe("whatever an agent sends", () => {
  holds(
    "log frames come to an end, and no more of them than there are bytes",
    fc.asyncProperty(fc.array(bytes, { maxLength: 5 }), async (chunks) => {
      await framesOf(readFrames(body(chunks), 1_000), 2_000);
      return true;
    }),
  );
  holds(
    "so do those that lie of their length",
    fc.asyncProperty(fc.oneof(fc.jsonValue(), fc.integer()), async (length) => {
      const head = new TextEncoder().encode(`${JSON.stringify({ kind: "data", bytes: length })}\nhello\n`);
      await framesOf(readFrames(body([head]), 1_000), 100);
      return true;
    }),
  );
  holds(
    "frames come out as they went in, however they are cut",
    fc.asyncProperty(bytes, fc.integer({ min: 1, max: 20 }), async (data, step) => {
      const whole = encodeFrame({ kind: "data", cursor: null, data, size: data.length });
      const chunks = Array.from({ length: Math.ceil(whole.length / step) }, (_, i) =>
        whole.subarray(i * step, (i + 1) * step),
      );
      const [frame] = (await framesOf(readFrames(body(chunks), 1_000), 10)) ?? [];
      return frame?.kind === "data" && Buffer.compare(frame.data, data) === 0;
    }),
  );
  holds(
    "a message of its stream is as the contract says, or refused",
    fc.property(fc.constantFrom(...Object.values(AGENT_SCHEMAS)), fc.jsonValue(), (schema, value) =>
      orOurs(() => checked(schema, value, "a message")),
    ),
  );
  const numbers = fc.array(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer()), {
    maxLength: 4,
  });
  const figures = fc.record({
    atMs: fc.oneof(fc.nat(), fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 })),
    names: fc.array(fc.oneof(text, fc.constant("a:a")), { maxLength: 4 }),
    ...{ cpu: numbers, rssBytes: numbers, processes: numbers, files: numbers },
  });
  holds(
    "figures of what processes use are kept, whatever they are and however many columns there are",
    fc.property(fc.array(figures, { maxLength: 6 }), (messages) => {
      const stats = createStats({ onSlot: () => {}, mostBytes: 1_000_000 });
      for (const message of messages) stats.add("lid001", message);
      const at = messages.at(-1)?.atMs ?? 0;
      stats.recent("lid001", "a:a" as Namespec, at - 1_000_000, at);
      stats.latest("lid001", "a:a" as Namespec, at);
      stats.close();
      return stats.size().bytes <= 2_000_000;
    }),
  );
  holds(
    "a place in its journal",
    fc.property(text, (value) => {
      const cursor = parseCursor(value);
      return cursor === null || Number.isSafeInteger(cursor.seq);
    }),
  );
});

describe("whatever a supervisord or an agent of Multivisor 6 sends", () => {
  holds(
    "an event is read, passed over, or refused",
    fc.property(
      fc.oneof(
        text,
        fc.constantFrom("PROCESS_STATE_EXITED", "PROCESS_LOG_STDOUT", "REMOTE_COMMUNICATION", "TICK_5", "constructor"),
      ),
      fc.oneof(
        text,
        text.map((rest) => `processname:a groupname:b from_state:${rest} expected:0 pid:${rest}`),
      ),
      (eventname, payload) => orOurs(() => parseEvent(eventname, payload)),
    ),
  );
  holds(
    "getProcessInfo",
    fc.property(fc.jsonValue(), (value) => orOurs(() => parseProcessInfo(value))),
  );
  holds(
    "an event by zerorpc",
    fc.property(
      fc.oneof(
        fc.jsonValue(),
        fc.record({ eventname: fc.constantFrom("PROCESS_STATE_EXITED", "x"), payload: fc.jsonValue() }),
      ),
      (item) => orOurs(() => parseOldEvent(item, 1)),
    ),
  );
  holds(
    "the tail of a log by supervisord itself: whole characters, all of them",
    fc.asyncProperty(
      fc.string({ unit: "grapheme", maxLength: 50 }),
      fc.integer({ min: 1, max: 7 }),
      async (log, step) => {
        const whole = new TextEncoder().encode(log);
        const chunks = Array.from({ length: Math.ceil(whole.length / step) }, (_, i) =>
          whole.subarray(i * step, (i + 1) * step),
        );
        const frames = (await framesOf(tailFrames(body(chunks), { size: 0, aliveMs: 1_000 }), 1_000)) ?? [];
        const data = frames.flatMap((frame) => (frame.kind === "data" ? [frame.data] : []));
        return data.map((part) => new TextDecoder("utf-8", { fatal: true }).decode(part)).join("") === log;
      },
    ),
  );
});

describe("whatever a client or a file says", () => {
  holds(
    "a question for sums or for a row of states",
    fc.property(
      fc.dictionary(fc.constantFrom(...SUMMARY_PARAMETERS, "width"), fc.oneof(text, fc.constantFrom("1", "-1", "1e3"))),
      (parameters) =>
        orOurs(() => parseSummaryQuery(parameters, 1_000_000)) &&
        orOurs(() => parseTimelineQuery(parameters, 1_000_000)),
    ),
  );
  holds(
    "Origin and Host: another site is never taken for ours",
    fc.property(fc.stringMatching(/^[\x21-\x7e]{0,60}$/), (origin) => {
      const request = new Request("http://hub/", {
        headers: { host: "hub", origin: `https://evil.example/${origin}` },
      });
      return isFromElsewhere(request);
    }),
  );
  holds(
    "the url of a supervisor is read, or refused in words",
    fc.property(
      fc.oneof(
        text,
        fc
          .tuple(fc.constantFrom("", "tcp://", "http://", "unix://", "zerorpc://"), text)
          .map((parts) => parts.join("")),
      ),
      (url) => {
        try {
          return readAddress(url, "lid001").url !== "";
        } catch (error) {
          return error instanceof Error && !(error instanceof TypeError);
        }
      },
    ),
  );
});
