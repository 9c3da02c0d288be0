import { ZmtpError } from "./zmtp-frames.ts";

/** Commands of ZMTP 3: a name, then what depends on the name. */
export type ZmtpCommand = { readonly name: string; readonly data: Uint8Array };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function encodeCommand(name: string, data: Uint8Array): Uint8Array {
  return Buffer.concat([new Uint8Array([name.length]), encoder.encode(name), data]);
}

/** @throws ZmtpError */
export function parseCommand(body: Uint8Array): ZmtpCommand {
  const length = body[0] ?? 0;
  if (body.length < 1 + length) throw new ZmtpError("a command without a name");
  return { name: decoder.decode(body.subarray(1, 1 + length)), data: body.subarray(1 + length) };
}

export function encodeProperties(properties: Readonly<Record<string, string>>): Uint8Array {
  const parts = Object.entries(properties).map(([name, value]) => {
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, value.length);
    return Buffer.concat([new Uint8Array([name.length]), encoder.encode(name), length, encoder.encode(value)]);
  });
  return Buffer.concat(parts);
}

/** Names in lower case: they are the same in any. @throws ZmtpError */
export function parseProperties(data: Uint8Array): Map<string, string> {
  const properties = new Map<string, string>();
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let at = 0; at < data.length; ) {
    const valueAt = at + 1 + (data[at] ?? 0) + 4;
    if (valueAt > data.length) throw new ZmtpError("properties that end too early");
    const end = valueAt + view.getUint32(valueAt - 4);
    if (end > data.length) throw new ZmtpError("properties that end too early");
    const name = decoder.decode(data.subarray(at + 1, valueAt - 4)).toLowerCase();
    properties.set(name, decoder.decode(data.subarray(valueAt, end)));
    at = end;
  }
  return properties;
}

/** The answer to PING: two bytes of time to live, then a context that is sent back. */
export const pongOf = (ping: ZmtpCommand): Uint8Array => encodeCommand("PONG", ping.data.subarray(2, 18));
