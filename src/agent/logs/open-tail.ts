import { cutCharLength, wholeCharsLength } from "../../lib/utf8-cut.ts";
import { readFully } from "./log-chain.ts";
import type { LogFile } from "./open-log-file.ts";

const CHUNK_BYTES = 256 * 1_024;
/** So many of the bytes before are read again: if they differ, the file was truncated and has grown since. */
const PROOF_BYTES = 64;
const NEWLINE = 10;

export type TailRead =
  | { readonly kind: "data"; readonly data: Uint8Array }
  | { readonly kind: "skipped"; readonly bytes: number; readonly size: number }
  | { readonly kind: "truncated" }
  /** nothing new, or but the beginning of a character */
  | { readonly kind: "nothing" };

/** One open file and how far it was read. */
export type OpenTail = {
  readonly id: string;
  readonly read: () => Promise<TailRead>;
  /** the beginning of a character that was held back */
  readonly held: () => Promise<Uint8Array>;
  readonly position: () => number;
  readonly isDeleted: () => Promise<boolean>;
  readonly close: () => Promise<void>;
};

/**
 * @param from position to begin at
 * @param maxBehindBytes who is further behind is moved on to `keepBytes` before the end
 */
export function openTail(
  { handle, id }: LogFile,
  from: number,
  limits: { readonly maxBehindBytes: number; readonly keepBytes: number },
): OpenTail {
  let position = from;
  let proof: Uint8Array = new Uint8Array();
  const sizeNow = async () => (await handle.stat()).size;
  const bytesAt = async (at: number, length: number) => {
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, await readFully(handle, bytes, at));
  };
  const advance = (bytes: Uint8Array) => {
    position += bytes.length;
    proof =
      bytes.length >= PROOF_BYTES ? bytes.slice(-PROOF_BYTES) : Buffer.concat([proof, bytes]).subarray(-PROOF_BYTES);
  };

  /** To the beginning of a line, where there is one nearby. */
  async function skipTo(target: number, size: number): Promise<TailRead> {
    const near = await bytesAt(target, Math.min(CHUNK_BYTES, size - target));
    const newline = near.indexOf(NEWLINE);
    const landed = target + (newline < 0 ? cutCharLength(near) : newline + 1);
    const skipped = landed - position;
    position = landed;
    proof = new Uint8Array();
    return { kind: "skipped", bytes: skipped, size: position };
  }

  const restart = (): TailRead => {
    position = 0;
    proof = new Uint8Array();
    return { kind: "truncated" };
  };

  return {
    id,
    async read() {
      const size = await sizeNow();
      if (size < position) return restart();
      if (size === position) return { kind: "nothing" };
      if (size - position > limits.maxBehindBytes) return skipTo(size - limits.keepBytes, size);
      const bytes = await bytesAt(position - proof.length, Math.min(CHUNK_BYTES, size - position) + proof.length);
      if (Buffer.compare(bytes.subarray(0, proof.length), proof) !== 0) return restart();
      const fresh = bytes.subarray(proof.length);
      const data = fresh.subarray(0, wholeCharsLength(fresh));
      if (data.length === 0) return { kind: "nothing" };
      advance(data);
      return { kind: "data", data };
    },
    async held() {
      const bytes = await bytesAt(position, Math.max(0, Math.min(4, (await sizeNow()) - position)));
      advance(bytes);
      return bytes;
    },
    position: () => position,
    isDeleted: async () => (await handle.stat()).nlink === 0,
    close: () => handle.close(),
  };
}
