import { parseByteSize } from "../../lib/byte-size.ts";
import type { SectionReader } from "./section-reader.ts";

/** How much of the history is kept. */
export type HistoryKeys = {
  readonly days: number;
  readonly maxBytes: number;
};

const DEFAULT_DAYS = 400;
const DEFAULT_BYTES = 4 * 1_024 ** 3;
const LEAST_BYTES = 10 * 1_024 ** 2;

/** `history_days` and `history_max_size` of [global]. @throws MultivisorError BAD_CONFIG */
export function readHistoryKeys(section: SectionReader): HistoryKeys {
  return { days: readDays(section), maxBytes: readBytes(section) };
}

function readDays(section: SectionReader): number {
  const text = section.text("history_days");
  if (text === "") return DEFAULT_DAYS;
  if (/^\d{1,5}$/.test(text) && Number(text) > 0) return Number(text);
  return section.fail("history_days", `"${text}" for "history_days"; use a number of days, 1 to 99999`);
}

function readBytes(section: SectionReader): number {
  const text = section.text("history_max_size");
  if (text === "") return DEFAULT_BYTES;
  const bytes = parseByteSize(text);
  if (bytes !== null && bytes >= LEAST_BYTES) return bytes;
  return section.fail(
    "history_max_size",
    `"${text}" for "history_max_size"; use a size such as 500M or 4G, at least 10M`,
  );
}
