/** Positions of bytes, `to` exclusive. */
export type ByteRange = { readonly from: number; readonly to: number };

/**
 * A Range header (RFC 9110). Several ranges at once are answered with the whole, as the RFC allows.
 * @returns null: the whole; "unsatisfiable": 416
 */
export function parseRange(header: string | null, size: number): ByteRange | "unsatisfiable" | null {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return null;
  if (first === "")
    return Number(last) === 0 || size === 0 ? "unsatisfiable" : { from: Math.max(0, size - Number(last)), to: size };
  if (last !== "" && Number(last) < Number(first)) return null;
  if (Number(first) >= size) return "unsatisfiable";
  return { from: Number(first), to: last === "" ? size : Math.min(size, Number(last) + 1) };
}
