/** One reader's queue, as the sum over all of them sees it. */
export type WaitingReader = {
  /** how far it is behind */
  readonly queuedBytes: () => number;
  /** Ends it; all that waited for it is released before this returns. */
  readonly drop: () => void;
};

/** What waits for readers, each piece counted once however many wait for it. */
export type WaitingBytes = {
  readonly add: (reader: WaitingReader, piece: Uint8Array) => void;
  /** The reader has it, or never will; called when its queue is without it. */
  readonly release: (reader: WaitingReader, piece: Uint8Array) => void;
  readonly size: () => number;
};

/** @param maxBytes where more waits, who is furthest behind is dropped */
export function createWaitingBytes(maxBytes: number): WaitingBytes {
  const waitedFor = new Map<Uint8Array, number>();
  const readers = new Set<WaitingReader>();
  let size = 0;
  const dropFurthest = () => {
    let furthest: WaitingReader | null = null;
    for (const reader of readers) {
      if (furthest === null || reader.queuedBytes() > furthest.queuedBytes()) furthest = reader;
    }
    furthest?.drop();
    return furthest !== null;
  };
  return {
    add(reader, piece) {
      const others = waitedFor.get(piece) ?? 0;
      waitedFor.set(piece, others + 1);
      readers.add(reader);
      if (others === 0) size += piece.byteLength;
      while (size > maxBytes && dropFurthest());
    },
    release(reader, piece) {
      if (reader.queuedBytes() === 0) readers.delete(reader);
      const others = (waitedFor.get(piece) ?? 0) - 1;
      if (others > 0) waitedFor.set(piece, others);
      else if (waitedFor.delete(piece)) size -= piece.byteLength;
    },
    size: () => size,
  };
}
