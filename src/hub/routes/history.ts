import { Elysia, t } from "elysia";
import type { HistoryBucket } from "../../domain/figures.ts";
import type { Logger } from "../../lib/logger.ts";
import { HistoryPage } from "../../protocol/hub.ts";
import type { Requester } from "../actions/requester.ts";
import { parseExportFormat } from "../export/export-format.ts";
import { exportResponse } from "../export/export-response.ts";
import { HISTORY_CSV } from "../history/history-csv.ts";
import { HISTORY } from "../openapi/examples.ts";
import type { HistogramSpan } from "../store/histogram.ts";
import { HISTORY_PARAMETERS, type HistoryParameters, parseHistoryQuery } from "../store/history-query.ts";
import type { Store } from "../store/store.ts";
import { needs } from "./needs.ts";

const Parameter = t.Optional(t.String({ maxLength: 1_000 }));
const Query = t.Object(
  Object.fromEntries([...HISTORY_PARAMETERS, "format"].map((name) => [name, Parameter])) as Record<
    (typeof HISTORY_PARAMETERS)[number] | "format",
    typeof Parameter
  >,
);

type Asked = HistoryParameters & { readonly format?: string };

/** GET /api/history: newest first, a page at a time, or with `format` all of it; /api/history/export: all of it. */
export const historyRoutes = (deps: {
  readonly store: Pick<Store, "history" | "historyPages">;
  readonly who: (request: Request) => Pick<Requester, "account">;
  readonly log: Pick<Logger, "error">;
}) => {
  const page = (request: Request, parameters: HistoryParameters) =>
    visibleHistory(deps.store, deps.who(request), parameters);
  /** Without `limit` there is none. */
  const file = (request: Request, { format, ...parameters }: Asked) => {
    const history = deps.store.historyPages();
    return exportResponse({
      what: "history",
      format: parseExportFormat(format || "json"),
      csv: HISTORY_CSV,
      limit: parameters.limit ? parseHistoryQuery(parameters, Number.MAX_SAFE_INTEGER).limit : Number.POSITIVE_INFINITY,
      page: (cursor: string | null, limit) =>
        visibleHistory({ history }, deps.who(request), {
          ...{ ...parameters, limit: String(limit) },
          ...(cursor === null ? {} : { cursor }),
        }),
      log: deps.log,
    });
  };
  return new Elysia({ name: "history" })
    .get(
      "/api/history",
      ({ query, set, request }) => {
        const { format, ...parameters } = query as Asked;
        if (format) return file(request, query);
        set.headers["cache-control"] = "no-store";
        return page(request, parameters);
      },
      {
        query: Query,
        ...needs("read", {
          summary: "What happened, newest first, a page at a time; or all of it, as json, csv or ndjson",
          description: DESCRIPTION,
          group: "history",
          query: Query,
          answer: HistoryPage,
          example: HISTORY,
        }),
      },
    )
    .get("/api/history/export", ({ query, request }) => file(request, query), {
      query: Query,
      ...needs("read", {
        summary: "As /api/history with a format: all of it as a file: json, csv or ndjson",
        group: "history",
        query: Query,
        type: "text/csv",
        example:
          "at,kind,supervisor,uid,from_state,to_state\r\n2026-11-22T19:20:51.529Z,transition,lid001,lid001:Detector:eiger,BACKOFF,FATAL\r\n",
      }),
    });
};

const DESCRIPTION = [
  "Names are exact or patterns. `next` of the answer is the `cursor` of the next page; a page may have fewer items than",
  "asked for, the last one alone has no `next`. `kind` is transition, gap, supervisor, link, group, command or all (without it:",
  "transitions and gaps), `cause` one of user, host, autorestart, supervisord_start, supervisord_stop, crash, exit. With `format`",
  "all that meets the conditions comes as a file, as it is read; `limit` is then how many items there are in all at most. Where the",
  "history fails on the way the connection ends without the last chunk: HTTP clients tell it as an error.",
].join(" ");

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
