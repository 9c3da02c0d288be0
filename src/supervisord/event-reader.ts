import { MultivisorError } from "../domain/errors.ts";
import { type EventHeader, parseEventHeader } from "./event-header.ts";

export type RawEvent = EventHeader & { readonly payload: string };

const LF = 0x0a;
const MAX_HEADER_BYTES = 64 * 1_024;

/**
 * Events out of the bytes of an event listener's stdin, however they are cut. `len` counts code points, not bytes
 * (supervisord takes the length before it encodes), so the end of a payload is found by going from character to character;
 * the first byte of each says how long it is.
 * @returns takes bytes, gives the events that they complete
 * @throws MultivisorError BAD_WIRE for bytes that are no header: from then on nothing can be told apart
 */
export function createEventReader(): (bytes: Uint8Array) => RawEvent[] {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let buffer: Uint8Array = new Uint8Array(0);
  let header: EventHeader | null = null;

  const takeHeader = (): EventHeader | null => {
    const end = buffer.indexOf(LF);
    if (end < 0 && buffer.length > MAX_HEADER_BYTES)
      throw new MultivisorError("BAD_WIRE", `Cannot read events: a header line above ${MAX_HEADER_BYTES} bytes`);
    if (end < 0) return null;
    const line = decoder.decode(buffer.subarray(0, end));
    buffer = buffer.subarray(end + 1);
    return parseEventHeader(line);
  };

  return (bytes) => {
    buffer = buffer.length === 0 ? bytes : concat(buffer, bytes);
    const events: RawEvent[] = [];
    for (;;) {
      header ??= takeHeader();
      const end = header === null ? -1 : endOfCharacters(buffer, header.length);
      if (header === null || end < 0) break;
      events.push({ ...header, payload: decoder.decode(buffer.subarray(0, end)) });
      buffer = buffer.subarray(end);
      header = null;
    }
    if (buffer.length === 0) buffer = new Uint8Array(0); // lets go of the big one it was a part of
    return events;
  };
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** @returns the index after the first `count` characters, -1 where they are not all there */
function endOfCharacters(buffer: Uint8Array, count: number): number {
  let end = 0;
  for (let seen = 0; seen < count; seen++) {
    const first = buffer[end];
    if (first === undefined) return -1;
    end += sequenceLength(first);
    if (end > buffer.length) return -1;
  }
  return end;
}

/** supervisord writes valid UTF-8; a byte that begins nothing counts as one, so that reading goes on. */
function sequenceLength(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}
