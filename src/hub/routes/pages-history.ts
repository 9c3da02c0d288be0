import { Elysia } from "elysia";
import { MultivisorError } from "../../domain/errors.ts";
import type { HistoryBucket } from "../../domain/figures.ts";
import type { HistoryPage } from "../../protocol/hub.ts";
import { HISTORY_FIELDS, type HistoryFields, RANGES_MS } from "../../views/history-fields.ts";
import { historyPage } from "../../views/history-page.tsx";
import type { ZoneTime } from "../../views/zone-time.ts";
import { pageResponse } from "../page-response.ts";
import type { HistogramSpan } from "../store/histogram.ts";
import { type HistoryParameters, parseTime } from "../store/history-query.ts";
import { httpStatus } from "./http-errors.ts";
import { needs } from "./needs.ts";
import { pageStreamResponse } from "./page-stream-response.ts";
import { type FleetPagesOptions, pageInput, parameter } from "./pages-fleet.ts";
import { viewerZone } from "./viewer-zone.ts";

export type HistoryPagesOptions = FleetPagesOptions & {
  /** what whoever asks may see of it. @throws MultivisorError BAD_REQUEST or STORE_UNAVAILABLE */
  readonly history: (request: Request, parameters: HistoryParameters) => HistoryPage;
  /** @throws as `history` */
  readonly histogram: (request: Request, parameters: HistoryParameters, span: HistogramSpan) => HistoryBucket[];
};

const LIMIT = "200";
const BARS = 72;
/** What the picture shows where the page asks for no time. */
const ANY_TIME_MS = 7 * 86_400_000;

/** What the page's own range means in the words of the API. */
function asked(fields: HistoryFields, cursor: string, nowMs: number): HistoryParameters {
  const { range, ...rest } = fields;
  const span = RANGES_MS[range] ?? null;
  const times = range === "custom" ? {} : { from: span === null ? "" : String(nowMs - span), to: "" };
  return { ...rest, ...times, limit: LIMIT, cursor };
}

/** A time without a zone comes from a form without scripts: it is meant in the reader's. */
export function instantOf(text: string, zone: ZoneTime): string {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text)) return text;
  const ms = Date.parse(`${text}Z`);
  if (Number.isNaN(ms)) return text;
  // Clocks may change between this moment in UTC and the same words in the zone.
  const near = ms - zone.offsetMs(ms);
  return new Date(ms - zone.offsetMs(near)).toISOString();
}

function fieldsOf(request: Request, zone: ZoneTime): HistoryFields {
  const entries = HISTORY_FIELDS.map((name) => [name, parameter(request, name)] as const);
  const fields = Object.fromEntries(entries) as HistoryFields;
  return { ...fields, from: instantOf(fields.from, zone), to: instantOf(fields.to, zone) };
}

/** @throws MultivisorError BAD_REQUEST */
function spanOf({ from, to }: HistoryParameters, nowMs: number): HistogramSpan {
  const toMs = parseTime("to", to) ?? nowMs;
  const fromMs = parseTime("from", from) ?? toMs - ANY_TIME_MS;
  return { fromMs, toMs: Math.max(toMs, fromMs + BARS), buckets: BARS };
}

/** The page of the history, and its stream. */
export function historyPages(options: HistoryPagesOptions) {
  const { scope, enterStreams, history, histogram, now = Date.now } = options;
  const input = pageInput(options);
  const exportUrl = (basePath: string, parameters: HistoryParameters, format: string) => {
    const { limit, cursor, ...rest } = parameters;
    const filled = Object.entries({ ...rest, format }).filter(([, value]) => value) as [string, string][];
    return `${basePath}/api/history/export?${new URLSearchParams(filled)}`;
  };
  return new Elysia({ name: "history-pages" })
    .get(
      "/history",
      ({ request }) => {
        const page = input(request);
        const zone = viewerZone(request);
        const fields = fieldsOf(request, zone);
        const cursor = parameter(request, "cursor");
        const parameters = asked(fields, cursor, now());
        let problem: MultivisorError | null = null;
        let found: HistoryPage = { items: [], next: null };
        let buckets: HistoryBucket[] = [];
        try {
          found = history(request, parameters);
          buckets = histogram(request, parameters, spanOf(parameters, now()));
        } catch (error) {
          if (!(error instanceof MultivisorError)) throw error;
          problem = error;
        }
        const { basePath } = page.context;
        const answer = historyPage({
          ...page,
          ...{ fields, problem: problem?.message ?? null, lines: found.items, next: found.next },
          ...{ buckets, zone },
          follows: cursor === "" && (fields.range !== "custom" || fields.to === ""),
          exports: { csv: exportUrl(basePath, parameters, "csv"), json: exportUrl(basePath, parameters, "json") },
        });
        return pageResponse(answer, request, problem === null ? 200 : httpStatus(problem.code));
      },
      needs("read", "Page: the history"),
    )
    .get(
      "/live/history",
      ({ request, server }) => pageStreamResponse(scope(request).live.history, { request, server }, enterStreams),
      needs("read", "Updates of the page of the history"),
    );
}
