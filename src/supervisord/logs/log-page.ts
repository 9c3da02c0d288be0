import { MultivisorError } from "../../domain/errors.ts";
import { cutCharLength, wholeCharsLength } from "../../lib/utf8-cut.ts";
import type { LogBytes } from "./log-bytes.ts";

/** `count` < 0: what is before the place. */
export type PageQuery = { readonly at: string; readonly unit: "bytes" | "lines"; readonly count: number };

export type Page = {
  readonly offset: number;
  readonly end: number;
  readonly size: number;
  readonly previous: string | null;
  readonly next: string;
  readonly source: LogBytes["source"];
  readonly bytes: Uint8Array;
};

const NEWLINE = 10;

export const isCursor = (text: string): boolean => /^[\w.-]{1,64}:\d{1,15}$/.test(text);

/** @throws MultivisorError BAD_REQUEST for what is no place, NO_LOG where it is gone */
export function resolvePlace(log: LogBytes, at: string): number {
  if (at === "end") return log.size;
  if (/^-?\d{1,15}$/.test(at))
    return Number(at) < 0 || at === "-0" ? Math.max(0, log.size + Number(at)) : Math.min(log.size, Number(at));
  if (!isCursor(at))
    throw new MultivisorError("BAD_REQUEST", "Cannot read the offset: a number, a cursor or the word end expected");
  const position = log.positionOf(at);
  if (position === null)
    throw new MultivisorError(
      "NO_LOG",
      "Cannot go on from there: that part of the log has been deleted or overwritten",
    );
  return position;
}

/** @param maxBytes of one page, whatever it asks for */
export async function readPage(log: LogBytes, query: PageQuery, maxBytes: number): Promise<Page> {
  const at = resolvePlace(log, query.at);
  const wanted = query.unit === "bytes" ? Math.min(Math.abs(query.count), maxBytes) : maxBytes;
  return query.count < 0 ? backwards(log, at, wanted, query) : forwards(log, at, wanted, query);
}

async function forwards(log: LogBytes, at: number, wanted: number, query: PageQuery): Promise<Page> {
  const read = await log.readAt(at, Math.min(wanted, log.size - at));
  const end = query.unit === "lines" ? endOfLines(read, query.count) : read.length;
  const isAtEnd = at + end >= log.size;
  const whole = isAtEnd ? end : wholeCharsLength(read.subarray(0, end));
  // a page smaller than one character must still go on
  return pageOf(log, at, read.subarray(0, whole === 0 ? end : whole));
}

async function backwards(log: LogBytes, at: number, wanted: number, query: PageQuery): Promise<Page> {
  const from = Math.max(0, at - wanted);
  const read = await log.readAt(from, at - from);
  const line = query.unit === "lines" ? startOfLines(read, -query.count) : 0;
  const cut = line > 0 || from === 0 ? line : cutCharLength(read);
  const start = cut === read.length ? 0 : cut; // a page smaller than one character must still go on
  return pageOf(log, from + start, read.subarray(start));
}

function pageOf(log: LogBytes, offset: number, bytes: Uint8Array): Page {
  const { size, source } = log;
  const end = offset + bytes.length;
  const previous = offset === 0 ? null : log.cursorAt(offset);
  return { offset, end, size, previous, next: log.cursorAt(end), source, bytes };
}

/** After the nth line; all where there are fewer. */
function endOfLines(bytes: Uint8Array, lines: number): number {
  let at = 0;
  for (let n = 0; n < lines; n++) {
    const newline = bytes.indexOf(NEWLINE, at);
    if (newline < 0) return bytes.length;
    at = newline + 1;
  }
  return at;
}

/** Where the last n lines begin; the end of the last is not counted, 0 where there are fewer. */
function startOfLines(bytes: Uint8Array, lines: number): number {
  let at = bytes.length;
  if (bytes[at - 1] === NEWLINE) at--;
  for (let n = 0; n < lines; n++) {
    at = at === 0 ? -1 : bytes.lastIndexOf(NEWLINE, at - 1);
    if (at < 0) return 0;
  }
  return at + 1;
}
