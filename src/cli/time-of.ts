import { MultivisorError } from "../domain/errors.ts";
import { parseDuration } from "./duration.ts";

/** `2h` ago or ISO 8601, as epoch milliseconds. @throws MultivisorError BAD_CONFIG that names the flag */
export function timeOf(flag: string, text: string): string {
  const ago = parseDuration(text);
  const isDate = /^\d{4}-\d\d-\d\d/.test(text);
  const ms = isDate ? Date.parse(text) : ago !== null && /[a-z]$/.test(text) ? Date.now() - ago : Number.NaN;
  if (Number.isNaN(ms))
    throw new MultivisorError("BAD_CONFIG", `${flag} "${text}" is no time: use 2h, 3d, 2026-01-31T12:00`);
  return String(ms);
}
