import { statSync } from "node:fs";

/** What became of a file that is in use; null: nothing. */
export type FileTrouble = "removed" | "truncated";

export type OpenFile = {
  /** Looks at the file as it is now. */
  readonly trouble: () => Promise<FileTrouble | null>;
};

type Numbers = { readonly inode: number; readonly sizeBytes: number };

const HEAD_BYTES = 100;

function numbersOf(path: string): Numbers | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? null : { inode: found.ino, sizeBytes: found.size };
}

/**
 * Bytes that a database has by its own head, as they were at the last checkpoint (https://sqlite.org/fileformat.html).
 * @returns 0 where the head does not say
 */
export function saidBytes(head: Uint8Array): number {
  if (head.byteLength < HEAD_BYTES) return 0;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const isSaid = view.getUint32(24) === view.getUint32(92);
  const pageBytes = view.getUint16(16) === 1 ? 65_536 : view.getUint16(16);
  return isSaid ? view.getUint32(28) * pageBytes : 0;
}

/**
 * SQLite holds the file open and neither sees that it has no name any more, nor, until it needs the pages, that they are gone:
 * what is written would be lost with the next start.
 * @param path of a database that has just been opened
 */
export function rememberFile(path: string): OpenFile {
  const first = numbersOf(path);
  let wasShort = false;
  let lastBytes = first?.sizeBytes ?? 0;
  const isShort = async ({ sizeBytes }: Numbers): Promise<boolean> => {
    if (sizeBytes === 0) return (first?.sizeBytes ?? 0) > 0;
    return sizeBytes < saidBytes(await Bun.file(path).slice(0, HEAD_BYTES).bytes());
  };
  return {
    async trouble() {
      const now = numbersOf(path);
      if (first === null) return null;
      if (now === null || now.inode !== first.inode) return "removed";
      const [isShortNow, hasShrunk] = [await isShort(now), now.sizeBytes < lastBytes];
      // A file that has not shrunk is looked at twice, because somebody else's checkpoint may be under way.
      const isTruncated = isShortNow && (hasShrunk || wasShort);
      [wasShort, lastBytes] = [isShortNow, now.sizeBytes];
      return isTruncated ? "truncated" : null;
    },
  };
}
