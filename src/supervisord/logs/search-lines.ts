/** What the process that searches is told, as JSON on its stdin. */
export type SearchRequest = {
  readonly q: string;
  readonly regex: boolean;
  readonly caseSensitive: boolean;
  /** lines of context */
  readonly before: number;
  readonly after: number;
  readonly limit: number;
  /** position to search back from, and the end of the log */
  readonly until: number;
  readonly size: number;
};

/** What it answers, a line of JSON each: matches newest first, and now and then how far back it has come. */
export type SearchLine =
  | {
      readonly kind: "match";
      readonly offset: number;
      readonly line: string;
      readonly before: string[];
      readonly after: string[];
    }
  | { readonly kind: "searched"; readonly from: number }
  | { readonly kind: "bad"; readonly message: string };

export type ReadAt = (position: number, length: number) => Uint8Array;

const CHUNK_BYTES = 256 * 1_024;
const CONTEXT_BYTES = 64 * 1_024;
/** Of one line as it is shown, and of one as it is searched: longer ones are searched in parts. */
const MAX_SHOWN_BYTES = 8 * 1_024;
const NEWLINE = 10;

type Span = { readonly start: number; readonly end: number };

/** @throws SyntaxError where the pattern is none */
export function* searchBackwards(request: SearchRequest, readAt: ReadAt): Generator<SearchLine> {
  const find = matcher(request);
  let left = request.limit;
  let end = request.until;
  while (end > 0) {
    const { start, bytes } = linesBefore(end, readAt);
    for (const span of find(bytes).reverse()) {
      if (left-- <= 0) return;
      yield withContext(request, readAt, start, bytes, span);
      if (left === 0) yield { kind: "searched", from: start + span.start };
    }
    end = start;
    if (left > 0) yield { kind: "searched", from: end };
    else return;
  }
}

/** Whole lines that end at `end`; the part of a line where one is longer than a chunk. */
function linesBefore(end: number, readAt: ReadAt): { start: number; bytes: Buffer } {
  const from = Math.max(0, end - CHUNK_BYTES);
  const bytes = Buffer.from(readAt(from, end - from).buffer as ArrayBuffer);
  const newline = from === 0 ? -1 : bytes.indexOf(NEWLINE);
  const isPart = newline < 0 || newline === bytes.length - 1;
  const cut = isPart ? 0 : newline + 1;
  return { start: from + cut, bytes: bytes.subarray(cut) };
}

/** Lines that match, in order, without their line break. */
function matcher({ q, regex, caseSensitive }: SearchRequest): (bytes: Buffer) => Span[] {
  if (!regex && caseSensitive) return (bytes) => linesWith(bytes, Buffer.from(q));
  const source = regex ? q : q.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const pattern = new RegExp(source, caseSensitive ? "" : "i");
  return (bytes) => spansOf(bytes).filter(({ start, end }) => pattern.test(bytes.toString("utf8", start, end)));
}

function linesWith(bytes: Buffer, needle: Buffer): Span[] {
  const spans: Span[] = [];
  for (let at = bytes.indexOf(needle); at >= 0; ) {
    const start = at === 0 ? 0 : bytes.lastIndexOf(NEWLINE, at - 1) + 1;
    const newline = bytes.indexOf(NEWLINE, at);
    const end = newline < 0 ? bytes.length : newline;
    spans.push({ start, end });
    if (newline < 0) break;
    at = bytes.indexOf(needle, newline + 1);
  }
  return spans;
}

function spansOf(bytes: Buffer): Span[] {
  const spans: Span[] = [];
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline;
    spans.push({ start, end });
    start = end + 1;
  }
  return spans;
}

const shown = (bytes: Uint8Array): string =>
  new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, MAX_SHOWN_BYTES));

function withContext(
  { before, after, size }: SearchRequest,
  readAt: ReadAt,
  start: number,
  bytes: Buffer,
  span: Span,
): SearchLine {
  const offset = start + span.start;
  const next = start + span.end + 1;
  return {
    kind: "match",
    offset,
    line: shown(bytes.subarray(span.start, span.end)),
    before:
      before === 0
        ? []
        : linesAround(readAt(Math.max(0, offset - CONTEXT_BYTES), Math.min(offset, CONTEXT_BYTES))).slice(-before),
    after:
      after === 0 || next >= size
        ? []
        : linesAround(readAt(next, Math.min(size - next, CONTEXT_BYTES))).slice(0, after),
  };
}

const linesAround = (bytes: Uint8Array): string[] => {
  const buffer = Buffer.from(bytes);
  return spansOf(buffer).map(({ start, end }) => shown(buffer.subarray(start, end)));
};
