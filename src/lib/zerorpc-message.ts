import { decode, encode } from "@msgpack/msgpack";

/** One message of zerorpc, version 3 of its protocol: `[header, name, args]` in msgpack, after an empty part. */
export type ZerorpcMessage = {
  /** of the message that opened the channel; null: it opens one */
  readonly responseTo: string | null;
  readonly name: string;
  /** a list, but for STREAM, where it is the item itself */
  readonly args: unknown;
};

/** As it arrived. */
export type ReceivedMessage = ZerorpcMessage & {
  /** its own; empty: it bears none */
  readonly id: string;
};

const EMPTY = new Uint8Array(0);
const PROTOCOL_VERSION = 3;

/** Ids are ASCII; the other side compares them as bytes, so they travel as such. */
const bytesOf = (id: string) => new TextEncoder().encode(id);

export function encodeMessage(id: string, { responseTo, name, args }: ZerorpcMessage): Uint8Array[] {
  const channel = responseTo === null ? {} : { response_to: bytesOf(responseTo) };
  const header = { message_id: bytesOf(id), v: PROTOCOL_VERSION, ...channel };
  return [EMPTY, encode([header, name, args])];
}

/** @returns null for anything that is no message of zerorpc */
export function decodeMessage(parts: readonly Uint8Array[]): ReceivedMessage | null {
  const body = parts.at(-1);
  if (body === undefined) return null;
  const message = decodeOrNull(body);
  if (!Array.isArray(message) || message.length !== 3) return null;
  const [header, name, args]: unknown[] = message;
  if (typeof header !== "object" || header === null || typeof name !== "string") return null;
  const { message_id, response_to } = header as { message_id?: unknown; response_to?: unknown };
  return { id: idOf(message_id) ?? "", responseTo: idOf(response_to), name, args };
}

function decodeOrNull(body: Uint8Array): unknown {
  try {
    return decode(body);
  } catch {
    return null;
  }
}

const idOf = (value: unknown): string | null => {
  if (typeof value === "string") return value;
  return value instanceof Uint8Array ? new TextDecoder("latin1").decode(value) : null;
};

/** 32 characters, as zerorpc makes them: a count, then what no other client has. */
export function createIds(): () => string {
  const base = crypto.randomUUID().replaceAll("-", "").slice(0, 24);
  let count = 0;
  return () => (++count >>> 0).toString(16).padStart(8, "0") + base;
}
