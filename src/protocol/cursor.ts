/** `<epoch>:<seq>`, the SSE id of an entry. */
export const formatCursor = (cursor: Cursor): string => `${cursor.epoch}:${cursor.seq}`;
export type Cursor = { readonly epoch: string; readonly seq: number };

/** @returns null for anything that `formatCursor` did not make */
export function parseCursor(text: string): Cursor | null {
  const match = /^([^:\s]{1,100}):(\d{1,15})$/.exec(text);
  return match?.[1] === undefined ? null : { epoch: match[1], seq: Number(match[2]) };
}
