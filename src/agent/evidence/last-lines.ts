export const MAX_TAIL_LINES = 50;
export const MAX_TAIL_BYTES = 16 * 1_024;

const NEWLINE = 10;
const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/**
 * The last lines of these bytes as text. Control characters are data and stay; what is no UTF-8 is replaced.
 * @param bytes the end of a file
 * @param whole they are all of it: else a character may be cut in two at their beginning
 */
export function lastLines(bytes: Uint8Array, whole: boolean): string {
  let start = Math.max(0, bytes.length - MAX_TAIL_BYTES);
  if (start > 0 || !whole) {
    const cut = start;
    while (start < cut + 3 && isContinuation(bytes[start])) start++;
  }
  let lines = 0;
  for (let i = bytes.length - 2; i >= start; i--) {
    if (bytes[i] !== NEWLINE) continue;
    lines += 1;
    if (lines === MAX_TAIL_LINES) {
      start = i + 1;
      break;
    }
  }
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(start));
}
