export type BodyReader = {
  /** What of these bytes is of the body. They may be moved about. @throws where the framing is broken */
  readonly push: (bytes: Uint8Array) => Uint8Array;
  /** has all of it come? */
  readonly isOver: () => boolean;
  /** may the connection end here? */
  readonly isWhole: () => boolean;
};

const MAX_SIZE_LINE = 1_024;
const LF = 10;

/** How the body of an answer is framed (RFC 9112, 6). @param header value of a header by its name in lower case */
export function bodyReader(header: (name: string) => string | undefined): BodyReader {
  if (/\bchunked\b/i.test(header("transfer-encoding") ?? "")) return chunkedReader();
  const length = header("content-length");
  return length === undefined ? UNTIL_CLOSED : sizedReader(Number(length));
}

const UNTIL_CLOSED: BodyReader = { push: (bytes) => bytes, isOver: () => false, isWhole: () => true };

function sizedReader(length: number): BodyReader {
  let left = length;
  const isOver = () => left === 0;
  return {
    push(bytes) {
      const taken = bytes.subarray(0, left);
      left -= taken.byteLength;
      return taken;
    },
    ...{ isOver, isWhole: isOver },
  };
}

/** Chunks are moved together within the bytes that came, so that many small ones are read as one. */
function chunkedReader(): BodyReader {
  /** of the chunk that is being read */
  let left = 0;
  let sizeLine = "";
  let ended = false;
  const isOver = () => ended;

  const readSize = (bytes: Uint8Array, from: number): number => {
    const end = bytes.indexOf(LF, from);
    sizeLine += String.fromCharCode(...bytes.subarray(from, end < 0 ? bytes.length : end).subarray(0, MAX_SIZE_LINE));
    if (sizeLine.length >= MAX_SIZE_LINE) throw new Error("an endless chunk size");
    if (end < 0) return bytes.length;
    const size = sizeLine.split(";")[0]?.trim() ?? "";
    sizeLine = "";
    if (size === "") return end + 1; // what ends the chunk before
    if (!/^[0-9a-f]{1,8}$/i.test(size)) throw new Error("a chunk size that is no number");
    left = Number.parseInt(size, 16);
    ended = left === 0;
    return end + 1;
  };
  return {
    push(bytes) {
      let [at, length] = [0, 0];
      while (at < bytes.length && !ended) {
        if (left === 0) at = readSize(bytes, at);
        const part = Math.min(left, bytes.length - at);
        bytes.copyWithin(length, at, at + part);
        [at, length, left] = [at + part, length + part, left - part];
      }
      return bytes.subarray(0, length);
    },
    ...{ isOver, isWhole: isOver },
  };
}
