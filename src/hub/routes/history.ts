import { Elysia, t } from "elysia";
import { MultivisorError } from "../../domain/errors.ts";
import type { HistoryBucket } from "../../domain/figures.ts";
import { HistoryPage } from "../../protocol/hub.ts";
import type { Requester } from "../actions/requester.ts";
import { EXPORT_FORMATS, type ExportFormat, exportResponse } from "../history/history-export.ts";
import { HISTORY } from "../openapi/examples.ts";
import type { HistogramSpan } from "../store/histogram.ts";
import { HISTORY_PARAMETERS, type HistoryParameters, MAX_LIMIT, parseHistoryQuery } from "../store/history-query.ts";
import type { Store } from "../store/store.ts";
import { needs } from "./needs.ts";

const Parameter = t.Optional(t.String({ maxLength: 1_000 }));
const Query = t.Object(
  Object.fromEntries([...HISTORY_PARAMETERS, "format"].map((name) => [name, Parameter])) as Record<
    (typeof HISTORY_PARAMETERS)[number] | "format",
    typeof Parameter
  >,
);

/** GET /api/history: newest first, a page at a time; /api/history/export: all of it as a file. */
export const historyRoutes = (deps: {
  readonly store: Pick<Store, "history">;
  readonly who: (request: Request) => Pick<Requester, "account">;
}) => {
  const page = (request: Request, parameters: HistoryParameters) =>
    visibleHistory(deps.store, deps.who(request), parameters);
  const file = (request: Request, format: ExportFormat, parameters: HistoryParameters) =>
    exportResponse(format, (cursor) =>
      page(request, { limit: String(MAX_LIMIT), ...parameters, ...(cursor === null ? {} : { cursor }) }),
    );
  return new Elysia({ name: "history" })
    .get(
      "/api/history",
      ({ query, set, request }) => {
        const { format, ...parameters } = query as HistoryParameters & { readonly format?: string };
        const wanted = parseFormat(format);
        if (wanted !== "json") return file(request, wanted, parameters);
        set.headers["cache-control"] = "no-store";
        return page(request, parameters);
      },
      {
        query: Query,
        ...needs("read", {
          summary: "What happened, newest first, a page at a time",
          description: DESCRIPTION,
          group: "history",
          query: Query,
          answer: HistoryPage,
          example: HISTORY,
        }),
      },
    )
    .get(
      "/api/history/export",
      ({ query, request }) => {
        const { format, ...parameters } = query as HistoryParameters & { readonly format?: string };
        return file(request, parseFormat(format), parameters);
      },
      {
        query: Query,
        ...needs("read", {
          summary: "All of a part of the history as a file: csv, ndjson or json",
          group: "history",
          query: Query,
          type: "text/csv",
          example:
            "at,kind,supervisor,uid,from_state,to_state\r\n2026-11-22T19:20:51.529Z,transition,lid001,lid001:Detector:eiger,BACKOFF,FATAL\r\n",
        }),
      },
    );
};

const DESCRIPTION = [
  "Names are exact or patterns. `next` of the answer is the `cursor` of the next page; a page may have fewer items than",
  "asked for, the last one alone has no `next`. `kind` is transition, gap, supervisor, link, group, command or all (without it:",
  "transitions and gaps), `cause` one of user, host, autorestart, supervisord_start, supervisord_stop, crash, exit. With `format`",
  "csv or ndjson all of it comes as a file.",
].join(" ");

function parseFormat(text: string | undefined): ExportFormat {
  const format = EXPORT_FORMATS.find((known) => known === (text || "json"));
  if (format === undefined)
    throw new MultivisorError("BAD_REQUEST", `Cannot read the request: format "${text}" is none of json, csv, ndjson`);
  return format;
}

/** What whoever asks may see of it. */
export const visibleHistory = (
  store: Pick<Store, "history">,
  { account }: Pick<Requester, "account">,
  parameters: HistoryParameters,
): HistoryPage => store.history({ ...parseHistoryQuery(parameters), access: account.access });

export const visibleHistogram = (
  store: Pick<Store, "histogram">,
  { account }: Pick<Requester, "account">,
  parameters: HistoryParameters,
  span: HistogramSpan,
): HistoryBucket[] => store.histogram({ ...parseHistoryQuery(parameters), access: account.access }, span);
