import { messageOf } from "../../domain/errors.ts";
import type { Logger } from "../../lib/logger.ts";
import { type CsvForm, type ExportFormat, fileForm } from "./export-format.ts";

/** Items of one look into the database: others wait so long. */
const PAGE_ITEMS = 200;

/** @param next cursor of the page after it; null: this is the last */
type Page<T, C> = { readonly items: readonly T[]; readonly next: C | null };

type Export<T, C> = {
  /** the file's name, and what the log calls it */
  readonly what: "history" | "audit";
  readonly format: ExportFormat;
  readonly csv: CsvForm<T>;
  /** items in all, at most */
  readonly limit: number;
  /** @param cursor null: where the question begins. @param limit items, at most */
  readonly page: (cursor: C | null, limit: number) => Page<T, C>;
  readonly log: Pick<Logger, "error">;
};

function* partsOf<T, C extends string | number>(wanted: Export<T, C>, first: Page<T, C>): Generator<string> {
  const { what, format, csv, limit, page, log } = wanted;
  const { head, line, between, tail } = fileForm(format, csv);
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
    log.error(`An export of the ${what} was broken off after ${written} items: ${messageOf(error)}`);
    throw error;
  }
}

/**
 * What is asked for as a file, a page at a time as the reader takes it.
 * @throws what the first page does, so that what is wrong is answered as such
 */
export function exportResponse<T, C extends string | number>(wanted: Export<T, C>): Response {
  const { what, format, csv, limit, page } = wanted;
  const parts = partsOf(wanted, page(null, Math.min(limit, PAGE_ITEMS)));
  return new Response(streamOf(parts), {
    headers: {
      "content-type": fileForm(format, csv).type,
      "cache-control": "no-store",
      "content-disposition": `attachment; filename="${what}.${format}"`,
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
