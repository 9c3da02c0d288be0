import { MultivisorError } from "../domain/errors.ts";

const UNIT_MS: Readonly<Record<string, number>> = {
  "": 1_000,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `90`, `90s`, `5m`, `2h`, `3d`, `1.5h`: milliseconds; null for anything else */
export function parseDuration(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|)$/.exec(text.trim());
  return match === null ? null : Math.round(Number(match[1]) * (UNIT_MS[match[2] ?? ""] ?? 0));
}

/** @throws MultivisorError BAD_CONFIG that names the flag */
export function durationMs(flag: string, text: string): number {
  const ms = parseDuration(text);
  if (ms === null || ms > 2 ** 31 - 1)
    throw new MultivisorError("BAD_CONFIG", `${flag} "${text}" is no time: use 90, 90s, 5m, 2h`);
  return ms;
}
