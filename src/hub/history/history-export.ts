import { csvLine } from "../../lib/csv.ts";
import type { HistoryItem } from "../../protocol/hub.ts";

export const EXPORT_FORMATS = ["json", "csv", "ndjson"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const TYPES: Record<ExportFormat, string> = {
  json: "application/json; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  ndjson: "application/x-ndjson; charset=utf-8",
};

type Cell = string | number | boolean | null | undefined;

const time = (ms: number | undefined): string => (ms === undefined ? "" : new Date(ms).toISOString());

const COLUMNS: Readonly<Record<string, (item: HistoryItem) => Cell>> = {
  at: ({ at }) => time(at),
  kind: ({ kind }) => kind,
  supervisor: ({ supervisor }) => supervisor,
  group: ({ group }) => group,
  name: ({ name }) => name,
  from_state: (item) => item.from_state,
  to_state: (item) => item.to_state,
  cause: ({ cause }) => cause,
  user: ({ by }) => by?.user,
  address: ({ by }) => by?.address,
  action: ({ by }) => by?.action,
  detail: ({ detail }) => detail,
  ok: ({ ok }) => ok,
  expected: ({ expected }) => expected,
  pid: ({ pid }) => pid,
  tries: ({ tries }) => tries,
  sampled: ({ sampled }) => sampled,
  spawnerr: ({ spawnerr }) => spawnerr,
  state: ({ state }) => state,
  message: ({ message }) => message,
  from: ({ from }) => time(from),
  reason: ({ reason }) => reason,
  lost: ({ lost }) => lost,
};

type Page = { readonly items: readonly HistoryItem[]; readonly next: string | null };

/** @param page the page after a cursor; null: the first */
function* lines(format: ExportFormat, page: (cursor: string | null) => Page): Generator<string> {
  if (format === "csv") yield csvLine(Object.keys(COLUMNS));
  if (format === "json") yield '{"items":[';
  let isFirst = true;
  for (let cursor: string | null = null; ; ) {
    const { items, next } = page(cursor);
    yield items
      .map((item) => {
        if (format === "csv") return csvLine(Object.values(COLUMNS).map((cell) => cell(item)));
        if (format === "ndjson") return `${JSON.stringify(item)}\n`;
        const comma = isFirst ? "" : ",\n";
        isFirst = false;
        return comma + JSON.stringify(item);
      })
      .join("");
    if (next === null) break;
    cursor = next;
  }
  if (format === "json") yield '],"next":null}\n';
}

/**
 * All of a part of the history as a file, a page at a time as the reader takes it.
 * @param page is asked for at once for the first, so that what is wrong is answered as such
 */
export function exportResponse(format: ExportFormat, page: (cursor: string | null) => Page): Response {
  const first = page(null);
  const parts = lines(format, (cursor) => (cursor === null ? first : page(cursor)));
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await Bun.sleep(0); // others have their turn
      try {
        const { done, value } = parts.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (error) {
        // The headers are gone: an end without the end of the format is all that can be told.
        controller.error(error);
      }
    },
    cancel: () => void parts.return(undefined),
  });
  const headers = {
    "content-type": TYPES[format],
    "cache-control": "no-store",
    "content-disposition": `attachment; filename="history.${format}"`,
  };
  return new Response(body, { headers });
}
