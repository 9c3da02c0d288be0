import { parseUid } from "../../../domain/names.ts";
import { readClocks } from "../read-clocks.ts";
import { lineTimeReader } from "./line-time.ts";
import { type Lines, mergeLines } from "./merge-lines.ts";
import type { Source } from "./sources.ts";

const UNKNOWN = { zone: "", offsetMs: 0 };

/** Puts what was read of several logs in the order of its times, by the clocks of their hosts; one alone stays as it is. */
export function createTimeOrder(): (read: readonly Lines<Source>[]) => readonly Lines<Source>[] {
  const clocks = readClocks();
  const timeOf = ({ uid }: Source) => lineTimeReader(clocks.get(parseUid(uid)?.supervisor ?? "") ?? UNKNOWN);
  return (read) => (read.length > 1 ? mergeLines(read, timeOf) : read);
}
