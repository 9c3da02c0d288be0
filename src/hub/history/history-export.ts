import type { HistoryItem, HistoryPage } from "../../protocol/hub.ts";
import { CSV_HEAD, csvRow } from "./history-csv.ts";

type Format = {
  readonly type: string;
  readonly head: string;
  readonly line: (item: HistoryItem) => string;
  readonly between: string;
  /** @param next cursor of what was not asked for; null: nothing is left */
  readonly tail: (next: string | null) => string;
};

export const EXPORT_FORMATS = ["json", "csv", "ndjson"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const FORMATS: Readonly<Record<ExportFormat, Format>> = {
  json: {
    type: "application/json; charset=utf-8",
    head: '{"items":[',
    line: (item) => JSON.stringify(item),
    between: ",\n",
    tail: (next) => `],"next":${JSON.stringify(next)}}\n`,
  },
  csv: { type: "text/csv; charset=utf-8", head: CSV_HEAD, line: csvRow, between: "", tail: () => "" },
  ndjson: {
    type: "application/x-ndjson; charset=utf-8",
    head: "",
    line: (item) => `${JSON.stringify(item)}\n`,
    between: "",
    tail: () => "",
  },
};

/** Items of one look into the history: others wait so long. */
const PAGE_ITEMS = 200;

/** @param cursor null: where the question begins. @param limit items, at most */
type ReadPage = (cursor: string | null, limit: number) => HistoryPage;

type Export = {
  readonly format: ExportFormat;
  /** items in all, at most */
  readonly limit: number;
  readonly page: ReadPage;
  /** Told once where it ends before its end, after so many items. */
  readonly onBroken: (error: unknown, items: number) => void;
};

function* partsOf({ format, limit, page, onBroken }: Export, first: HistoryPage): Generator<string> {
  const { head, line, between, tail } = FORMATS[format];
  yield head;
  let written = 0;
  try {
    for (let found = first; ; found = page(found.next, Math.min(limit - written, PAGE_ITEMS))) {
      const isFirst = written === 0;
      written += found.items.length;
      yield (isFirst || found.items.length === 0 ? "" : between) + found.items.map(line).join(between);
      if (found.next !== null && written < limit) continue;
      yield tail(found.next);
      return;
    }
  } catch (error) {
    onBroken(error, written);
    throw error;
  }
}

/**
 * A part of the history as a file, a page at a time as the reader takes it.
 * @throws what the first page does, so that what is wrong is answered as such
 */
export function exportResponse(wanted: Export): Response {
  const { format, limit, page } = wanted;
  const parts = partsOf(wanted, page(null, Math.min(limit, PAGE_ITEMS)));
  return new Response(streamOf(parts), {
    headers: {
      "content-type": FORMATS[format].type,
      "cache-control": "no-store",
      "content-disposition": `attachment; filename="history.${format}"`,
    },
  });
}

function streamOf(parts: Generator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      await Bun.sleep(0); // others have their turn
      try {
        const { done, value } = parts.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch {
        // The headers are gone: that the connection ends without the last chunk is all that can be told. What was wrong
        // is in the log already; Bun would write it there again, with a part of our code.
        controller.error();
      }
    },
    cancel: () => void parts.return(undefined),
  });
}
