/** Distinguished encoding rules of ASN.1 (X.690), as much as a certificate needs. */
const ascii = new TextEncoder();

function element(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  return Buffer.concat([Uint8Array.of(tag), lengthOf(content.length), content]);
}

function lengthOf(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest >>>= 8) bytes.unshift(rest & 0xff);
  return Uint8Array.of(0x80 | bytes.length, ...bytes);
}

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => element(0x30, ...parts);
export const setOf = (...parts: readonly Uint8Array[]): Uint8Array => element(0x31, ...parts);
export const explicit = (n: number, ...parts: readonly Uint8Array[]): Uint8Array => element(0xa0 | n, ...parts);
/** IMPLICIT, of a primitive type. */
export const implicit = (n: number, content: Uint8Array): Uint8Array => element(0x80 | n, content);
export const octets = (content: Uint8Array): Uint8Array => element(0x04, content);
export const bits = (content: Uint8Array, unusedBits = 0): Uint8Array =>
  element(0x03, Uint8Array.of(unusedBits), content);
export const text = (content: string): Uint8Array => element(0x0c, ascii.encode(content));
export const yes: Uint8Array = Uint8Array.of(0x01, 0x01, 0xff);

/** @param bytes of a number that is not negative, the greatest first */
export function integer(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  const whole = first < 0 ? Uint8Array.of(0) : bytes.subarray(first);
  return element(0x02, (whole[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : new Uint8Array(), whole);
}

/** "1.2.840.10045.4.3.2" */
export function objectId(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return element(0x06, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

function base128(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift(0x80 | (rest & 0x7f));
  return bytes;
}

/** Two digits of the year until 2049, four after that, as RFC 5280 will have it. */
export function time(date: Date): Uint8Array {
  const digits = date.toISOString().replaceAll(/[-:T]|\.\d+/g, "");
  return date.getUTCFullYear() < 2_050
    ? element(0x17, ascii.encode(digits.slice(2)))
    : element(0x18, ascii.encode(digits));
}
