/** ZMTP 3: how ZeroMQ puts messages on a TCP connection (rfc.zeromq.org/spec/23). Mechanism NULL only. */

export const GREETING_BYTES = 64;

const MORE = 0x01;
const LONG = 0x02;
const COMMAND = 0x04;
const MAX_SHORT_BYTES = 255;

export type ZmtpFrame = { readonly more: boolean; readonly command: boolean; readonly body: Uint8Array };

/** A peer that does not keep to the protocol; nothing that follows can be told apart. */
export class ZmtpError extends Error {
  override readonly name = "ZmtpError";
}

/** Ours: version 3.1, mechanism NULL, a client. */
export function greeting(): Uint8Array {
  const bytes = new Uint8Array(GREETING_BYTES);
  bytes.set([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 1]);
  bytes.set(new TextEncoder().encode("NULL"), 12);
  return bytes;
}

/** The first byte alone tells a ZeroMQ peer from one that speaks something else. @throws ZmtpError */
export function checkGreeting(bytes: Uint8Array): void {
  if (bytes[0] !== 0xff || (bytes.length > 9 && bytes[9] !== 0x7f))
    throw new ZmtpError("the peer does not speak ZeroMQ");
  if (bytes.length < GREETING_BYTES) return;
  if ((bytes[10] ?? 0) < 3) throw new ZmtpError(`the peer speaks version ${bytes[10]} of ZeroMQ's protocol, not 3`);
  const mechanism = new TextDecoder().decode(bytes.subarray(12, 32)).replace(/\0+$/, "");
  if (mechanism !== "NULL") throw new ZmtpError(`the peer wants the security mechanism ${mechanism}`);
}

export function encodeFrame(body: Uint8Array, { more = false, command = false } = {}): Uint8Array {
  const isLong = body.length > MAX_SHORT_BYTES;
  const head = isLong ? 9 : 2;
  const bytes = new Uint8Array(head + body.length);
  bytes[0] = (more ? MORE : 0) | (isLong ? LONG : 0) | (command ? COMMAND : 0);
  if (isLong) new DataView(bytes.buffer).setBigUint64(1, BigInt(body.length));
  else bytes[1] = body.length;
  bytes.set(body, head);
  return bytes;
}

/**
 * Frames out of bytes, however they are cut.
 * @returns takes bytes, gives the frames that they complete
 * @throws ZmtpError for a frame above `maxBodyBytes`, before it is gathered, and for flags that do not exist
 */
export function createFrameReader(maxBodyBytes: number): (bytes: Uint8Array) => ZmtpFrame[] {
  let chunks: Uint8Array[] = [];
  let held = 0;
  let needed = 2;

  return (bytes) => {
    chunks.push(bytes);
    held += bytes.length;
    if (held < needed) return []; // a big frame is put together once, not at each of its pieces
    let buffer = chunks.length === 1 ? bytes : Buffer.concat(chunks);
    const frames: ZmtpFrame[] = [];
    for (;;) {
      const end = endOfFrame(buffer, maxBodyBytes);
      needed = end.frame;
      if (buffer.length < end.frame) break;
      const flags = buffer[0] ?? 0;
      // A copy, so that nobody who keeps the body keeps the buffer.
      const body = new Uint8Array(buffer.subarray(end.head, end.frame));
      frames.push({ more: (flags & MORE) !== 0, command: (flags & COMMAND) !== 0, body });
      buffer = buffer.subarray(end.frame);
    }
    chunks = buffer.length === 0 ? [] : [buffer];
    held = buffer.length;
    return frames;
  };
}

/** Where the head of the frame ends, and the frame; as far as the bytes tell. */
function endOfFrame(buffer: Uint8Array, maxBodyBytes: number): { readonly head: number; readonly frame: number } {
  const flags = buffer[0] ?? 0;
  if (flags > (MORE | LONG | COMMAND)) throw new ZmtpError(`a frame with the flags ${flags}`);
  const head = (flags & LONG) === 0 ? 2 : 9;
  if (buffer.length < head) return { head, frame: head };
  const length = head === 2 ? (buffer[1] ?? 0) : Number(new DataView(buffer.buffer, buffer.byteOffset).getBigUint64(1));
  if (length > maxBodyBytes) throw new ZmtpError(`a frame of ${length} bytes, above ${maxBodyBytes}`);
  return { head, frame: head + length };
}
