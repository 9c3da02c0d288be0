import { type ByteStream, byteStream } from "../../lib/byte-stream.ts";
import { join } from "../../lib/join.ts";
import { SSE_HEARTBEAT } from "../../lib/sse-frame.ts";
import { createWaitingBytes } from "../../lib/waiting-bytes.ts";
import { actionFor, apiAction } from "../actions/action-log.ts";
import type { FleetView } from "../fleet-view.ts";
import { createChangeLog, type StreamChange, type StreamSources } from "./change-log.ts";
import { messageText, type Payload, payloadOf } from "./stream-message.ts";
import { parseSelection, type Selection, type StreamWish } from "./stream-wish.ts";

/** Two seconds of 40,000 transitions each. Who is further behind is dropped: it comes back with the id of the last it read. */
const MAX_QUEUED_BYTES = 64 * 1_024 * 1_024;
/** For all readers together; what waits for several is there once. */
const MAX_WAITING_BYTES = 128 * 1_024 * 1_024;
const HEARTBEAT_MS = 5_000;
/** Characters sent at a time. */
const PIECE = 65_536;
/** A message to a thousand readers is a thousand writes: the more read, the longer is joined. */
const joinMsFor = (readers: number) => Math.min(100, Math.max(5, readers / 10));

export type ApiStream = {
  /**
   * A new reader; the first byte goes out at once, then what it missed.
   * @param view what it may see
   * @param onClose called once, whatever ends it
   * @throws MultivisorError BAD_REQUEST
   */
  readonly open: (view: FleetView, wish?: StreamWish, onClose?: () => void) => ReadableStream<Uint8Array>;
  readonly readers: () => number;
  readonly close: () => void;
};

/** Those who see and want the same: each message is made for them once, and what comes together is sent as one. */
type Audience = {
  readonly view: FleetView;
  readonly selection: Selection;
  readonly readers: Set<ByteStream>;
  readonly add: (message: string) => void;
  /** Sends what was added. */
  readonly flush: () => void;
};

const ALL: StreamWish = { filter: "", events: "", lastEventId: null };
const encoder = new TextEncoder();

function createAudience(view: FleetView, selection: Selection): Audience {
  const readers = new Set<ByteStream>();
  let waiting = "";
  const flush = () => {
    if (waiting === "") return;
    const bytes = encoder.encode(waiting);
    waiting = "";
    for (const reader of readers) reader.send(bytes);
  };
  const flushSoon = join(flush, { joinMs: () => joinMsFor(readers.size) });
  const add = (message: string) => {
    waiting += message;
    if (waiting.length >= PIECE) flush();
    else flushSoon();
  };
  return { view, selection, readers, add, flush };
}

/**
 * What happens, to everyone at once.
 * @param runId tells the ids of this run of the hub from those of the last
 */
export function createApiStream(fleet: FleetView, runId: string, sources: StreamSources = {}): ApiStream {
  const log = createChangeLog(fleet, sources);
  const waiting = createWaitingBytes(MAX_WAITING_BYTES);
  const audiences = new Map<FleetView, Map<string, Audience>>();
  const hostOf = (supervisor: string) => fleet.supervisors().get(supervisor)?.host ?? "";
  const everyReader = () => [...audiences.values()].flatMap((of) => [...of.values()].flatMap((a) => [...a.readers]));

  const render = ({ view, selection }: Audience, change: StreamChange): Payload | null => {
    if (change.kind === "action") {
      const action = selection.wantsEvent("action_changed")
        ? actionFor(change.action, view.access ?? null, view)
        : null;
      return action === null ? null : { event: "action_changed", json: JSON.stringify(apiAction(action, view)) };
    }
    const own = view === fleet ? change : (view.see?.(change) ?? null);
    if (own === null || !selection.wants(own, view)) return null;
    const payload = payloadOf(own, hostOf);
    return payload !== null && selection.wantsEvent(payload.event) ? payload : null;
  };
  const endLog = log.subscribe(({ n, change }) => {
    for (const of of audiences.values())
      for (const audience of of.values()) {
        const payload = render(audience, change);
        if (payload !== null) audience.add(messageText(payload, `${runId}:${n}`));
      }
  });
  const heartbeat = setInterval(() => {
    const beat = encoder.encode(SSE_HEARTBEAT);
    for (const reader of everyReader()) reader.beat(beat);
  }, HEARTBEAT_MS);

  function missed(audience: Audience, lastEventId: string): string {
    const [run, n] = lastEventId.split(":");
    const changes = run === runId && /^\d{1,15}$/.test(n ?? "") ? log.after(Number(n)) : null;
    if (changes !== null)
      return changes
        .map(({ n: number, change }) => ({ number, payload: render(audience, change) }))
        .map(({ number, payload }) => (payload === null ? "" : messageText(payload, `${runId}:${number}`)))
        .join("");
    const reason = run === runId ? "too long ago" : "the hub was started anew";
    return messageText({ event: "resync", json: JSON.stringify({ reason }) }, `${runId}:${log.last()}`);
  }

  function audienceOf(view: FleetView, wish: StreamWish): Audience {
    const selection = parseSelection(wish);
    const ofView = audiences.get(view) ?? new Map<string, Audience>();
    const audience = ofView.get(selection.key) ?? createAudience(view, selection);
    audiences.set(view, ofView.set(selection.key, audience));
    return audience;
  }

  function leave(audience: Audience, reader: ByteStream): void {
    audience.readers.delete(reader);
    if (audience.readers.size > 0) return;
    const ofView = audiences.get(audience.view);
    ofView?.delete(audience.selection.key);
    if (ofView?.size === 0) audiences.delete(audience.view);
  }

  return {
    open(view, wish = ALL, onClose = () => {}) {
      const audience = audienceOf(view, wish);
      audience.flush(); // what was before is not for who comes now
      const first = wish.lastEventId === null ? "" : missed(audience, wish.lastEventId);
      const reader: ByteStream = byteStream({
        maxQueuedBytes: MAX_QUEUED_BYTES + first.length * 4,
        waiting,
        onClose: () => {
          leave(audience, reader);
          onClose();
        },
      });
      audience.readers.add(reader);
      reader.send(SSE_HEARTBEAT + first);
      return reader.body;
    },
    readers: () => everyReader().length,
    close() {
      clearInterval(heartbeat);
      endLog();
      log.close();
      for (const reader of everyReader()) reader.close();
    },
  };
}
