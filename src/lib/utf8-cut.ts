const isContinuation = (byte: number) => (byte & 0xc0) === 0x80;

/** Length in bytes of the character that this byte begins; 1 for what begins none. */
const charLength = (lead: number): number =>
  lead >= 0xf0 && lead < 0xf8 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;

/** How many bytes can be decoded by themselves: all, but for the beginning of a character at the end. */
export function wholeCharsLength(bytes: Uint8Array): number {
  const { length } = bytes;
  for (let back = 1; back <= Math.min(3, length); back++) {
    const byte = bytes[length - back] ?? 0;
    if (isContinuation(byte)) continue;
    const expected = byte >= 0xf8 ? 1 : charLength(byte);
    return expected > back ? length - back : length;
  }
  return length;
}

/** How many bytes at the beginning are the rest of a character that began before; 0 where no character is so long. */
export function cutCharLength(bytes: Uint8Array): number {
  let n = 0;
  while (n < bytes.length && isContinuation(bytes[n] ?? 0)) n++;
  return n > 3 ? 0 : n;
}
