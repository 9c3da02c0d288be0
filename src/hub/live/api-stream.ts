import type { Notification } from "../../domain/notification.ts";
import { type ByteStream, byteStream } from "../../lib/byte-stream.ts";
import { SSE_HEARTBEAT } from "../../lib/sse-frame.ts";
import { apiProcessJson } from "../api/api-process.ts";
import { apiSupervisorJson } from "../api/api-supervisor.ts";
import type { FleetChange } from "../fleet-change.ts";
import type { FleetView } from "../fleet-view.ts";

/** A reader that is this far behind is dropped: it takes a fresh /api/data and comes back. */
const MAX_QUEUED_BYTES = 4 * 1_024 * 1_024;
const HEARTBEAT_MS = 5_000;

const notificationJson = ({ message, level, timeMs }: Notification): string =>
  JSON.stringify({ message, level, time: timeMs / 1_000 });

/** @returns null for what the stream of Multivisor 6 has no word for and nobody misses */
function payload(change: FleetChange, hostOf: (supervisor: string) => string): { event: string; json: string } | null {
  switch (change.kind) {
    case "transition":
      return { event: "process_changed", json: apiProcessJson(change.process, hostOf(change.process.supervisor)) };
    case "process":
      return { event: "process_details", json: apiProcessJson(change.process, hostOf(change.process.supervisor)) };
    case "supervisor":
      return { event: "supervisor_changed", json: apiSupervisorJson(change.supervisor) };
    case "supervisor_removed":
      return { event: "supervisor_removed", json: JSON.stringify({ name: change.name }) };
    case "notification":
      return { event: "notification", json: notificationJson(change.notification) };
    case "process_removed":
      return null; // the supervisor_changed that follows has the processes that are left
  }
}

export type ApiStream = {
  /** A new reader; the first byte goes out at once. */
  readonly open: () => ReadableStream<Uint8Array>;
  readonly readers: () => number;
  readonly close: () => void;
};

/** What happens, to everyone at once: each change is made into bytes once, and only while somebody reads. */
export function createApiStream(fleet: FleetView): ApiStream {
  const readers = new Set<ByteStream>();
  const encoder = new TextEncoder();
  const send = (text: string) => {
    const bytes = encoder.encode(text);
    for (const reader of readers) reader.send(bytes);
  };
  const hostOf = (supervisor: string) => fleet.supervisors().get(supervisor)?.host ?? "";
  const unsubscribe = fleet.subscribe((change) => {
    if (readers.size === 0) return;
    const message = payload(change, hostOf);
    if (message !== null) send(`data: {"event": "${message.event}", "payload": ${message.json}}\n\n`);
  });
  const heartbeat = setInterval(() => send(SSE_HEARTBEAT), HEARTBEAT_MS);
  return {
    open() {
      const reader: ByteStream = byteStream({
        maxQueuedBytes: MAX_QUEUED_BYTES,
        onClose: () => void readers.delete(reader),
      });
      readers.add(reader);
      reader.send(SSE_HEARTBEAT);
      return reader.body;
    },
    readers: () => readers.size,
    close() {
      clearInterval(heartbeat);
      unsubscribe();
      for (const reader of [...readers]) reader.close();
    },
  };
}
