import { sseFrame } from "../lib/sse-frame.ts";
import type { Hello } from "../protocol/agent.ts";
import { formatCursor } from "../protocol/cursor.ts";
import type { Agent } from "./agent.ts";
import type { Line } from "./journal.ts";
import type { StreamMessage } from "./message.ts";

export type EntryStream = {
  readonly body: ReadableStream<Uint8Array>;
  /** Something that the reader may miss: a comment. */
  readonly heartbeat: () => void;
  readonly close: () => void;
};

type Source = {
  readonly agent: Agent;
  readonly hello: () => Hello;
  readonly fromSeq: number;
  /** what of an entry's JSON the reader may see */
  readonly show?: (json: string) => string;
};

/** Entries with evidence are long: so many and then the reader's room is looked at. */
const PAGE = 50;
const MAX_QUEUED_BYTES = 1_024 * 1_024;
const encoder = new TextEncoder();

/**
 * hello, snapshot, then every entry after `fromSeq`: from the journal, a page at a time as the reader takes them, and
 * live once it has caught up. A reader that falls behind is sent back to the journal: nobody waits for it, nothing is
 * kept for it, nothing is lost for it.
 */
export function entryStream(
  { agent, hello, fromSeq, show = (json) => json }: Source,
  onClose: () => void,
): EntryStream {
  let sent = fromSeq;
  let live = false;
  let open = true;
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  let unsubscribe = () => {};

  const put = (text: string) => controller?.enqueue(encoder.encode(text));
  const putEntry = (seq: number, json: string) => {
    put(sseFrame({ event: "entry", id: formatCursor({ epoch: agent.epoch, seq }), data: show(json) }));
    sent = seq;
  };
  const putSnapshot = () => {
    const snapshot = agent.snapshot();
    if (snapshot !== null) put(sseFrame({ event: "snapshot", data: JSON.stringify(snapshot) }));
  };
  const hasRoom = () => (controller?.desiredSize ?? 0) > 0;
  const onMessage = (message: StreamMessage) => {
    if (!live) return; // what is in the journal comes from there, and a snapshot when it is through
    if (!hasRoom()) live = false;
    else if (message.event !== "entry") put(sseFrame({ event: message.event, data: message.json }));
    else putEntry(message.seq, message.json);
  };
  const catchUp = () => {
    let page: readonly Line[];
    do {
      page = agent.read(sent, PAGE);
      for (const { seq, json } of page) putEntry(seq, json);
    } while (page.length === PAGE && hasRoom());
    if (page.length === PAGE) return;
    live = true;
    putSnapshot();
  };
  const end = () => {
    if (!open) return;
    open = false;
    unsubscribe();
    onClose();
  };

  const body = new ReadableStream<Uint8Array>(
    {
      start(c) {
        controller = c;
        put(sseFrame({ event: "hello", data: JSON.stringify(hello()) }));
        putSnapshot();
        unsubscribe = agent.messages.subscribe(onMessage);
      },
      pull() {
        if (!live) catchUp();
      },
      cancel: end,
    },
    { highWaterMark: MAX_QUEUED_BYTES, size: (chunk) => chunk?.byteLength ?? 0 },
  );
  return {
    body,
    heartbeat() {
      if (open && hasRoom()) put(":\n\n");
    },
    close() {
      if (open) controller?.close();
      end();
    },
  };
}
