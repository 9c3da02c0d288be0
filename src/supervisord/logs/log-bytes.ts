/** A log as one row of bytes, from the beginning of its oldest backup; as it was when it was opened. */
export type LogBytes = {
  readonly source: "file" | "supervisord";
  readonly size: number;
  /** Fewer bytes than asked for where they are gone by now. */
  readonly readAt: (position: number, length: number) => Promise<Uint8Array>;
  /** names the byte at this position for as long as it is there */
  readonly cursorAt: (position: number) => string;
  /** null: that byte is gone */
  readonly positionOf: (cursor: string) => number | null;
  /** stands for the beginning of the row: as long as it is the same, positions mean the same bytes */
  readonly etag: string;
  /** open files that hold it, in order; none where it has to be asked for */
  readonly files: readonly { readonly fd: number; readonly start: number; readonly size: number }[];
  readonly close: () => Promise<void>;
};
