import { Elysia } from "elysia";
import { MultivisorError } from "../../domain/errors.ts";
import { namespec } from "../../domain/names.ts";
import { createSeats } from "../../lib/seats.ts";
import { DEFAULT_BACK_BYTES, MAX_PAGE_BYTES } from "../../protocol/agent-log-frames.ts";
import { integerOf, parsePageQuery, parseSearchQuery } from "../../protocol/log-query.ts";
import { describeLog, type LogOf } from "../../supervisord/logs/log-of.ts";
import { isCursor } from "../../supervisord/logs/log-page.ts";
import type { ProcessResult } from "../actions/action-result.ts";
import type { Requester } from "../actions/requester.ts";
import type { LinkLogs } from "../links/link-logs.ts";
import { DOWNLOAD_DOCS, PAGE_DOCS, SEARCH_DOCS, TAIL_DOCS } from "../logs/log-docs.ts";
import { logDownload } from "../logs/log-download.ts";
import { logText, parseEncoding } from "../logs/log-text.ts";
import { requireMainLog } from "../logs/require-main-log.ts";
import { tailStream } from "../logs/tail-stream.ts";
import { actionDocs } from "./action-docs.ts";
import { needs } from "./needs.ts";
import { requireProcess } from "./process.ts";
import type { RunAction } from "./run-action.ts";
import { STREAM_HEADERS } from "./stream-response.ts";

/** People and programs that follow a log at the same time. */
const MAX_TAILS = 512;
/** Seconds that a download may stand still; its length has no limit. */
const STALLED_S = 120;

/** One log, and what answers call it. */
type Target = { readonly of: LogOf; readonly logs: LinkLogs; readonly title: Record<string, string> };
type Context = {
  readonly request: Request;
  readonly server: { timeout(request: Request, seconds: number): void } | null;
};

/** Logs of processes (/api/process/log/out|err/…) and of supervisord itself (/api/supervisor/log/…). */
export const logRoutes = (deps: {
  readonly who: (request: Request) => Requester;
  readonly run: RunAction;
  readonly actions: { readonly clearLogs: (patterns: readonly string[], by: Requester) => Promise<ProcessResult[]> };
  /** undefined: its link cannot read logs */
  readonly logs: (supervisor: string) => LinkLogs | undefined;
}) => {
  const { who, run, actions } = deps;
  const tails = createSeats(MAX_TAILS);

  function logsOf(supervisor: string): LinkLogs {
    const logs = deps.logs(supervisor);
    if (logs !== undefined) return logs;
    throw new MultivisorError("NO_LOG", `Cannot read logs of ${supervisor}: the way it is reached does not offer them`);
  }

  function process(request: Request, channel: string, uid: string): Target {
    if (channel !== "out" && channel !== "err")
      throw new MultivisorError("BAD_NAME", `no such log: ${channel}; out or err expected`);
    const { supervisor, group, name } = requireProcess(who(request).view, uid);
    const of = { kind: "process", namespec: namespec(group, name), channel: `std${channel}` } as const;
    return { of, logs: logsOf(supervisor), title: { uid, channel: of.channel } };
  }

  function main(request: Request, name: string): Target {
    requireMainLog(who(request), name);
    return { of: { kind: "main" }, logs: logsOf(name), title: { supervisor: name, channel: "main" } };
  }

  async function tail({ of, logs }: Target, { request, server }: Context): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const encoding = parseEncoding(searchParams.get("encoding"));
    const backBytes = integerOf(searchParams, "back", DEFAULT_BACK_BYTES, 0, MAX_PAGE_BYTES);
    const lastId = request.headers.get("last-event-id") ?? searchParams.get("from");
    const from = lastId !== null && isCursor(lastId) ? lastId : null;
    const leave = tails.take();
    if (leave === null)
      throw new MultivisorError("BUSY", `Cannot follow ${describeLog(of)}: ${MAX_TAILS} logs are followed already`);
    const stop = new AbortController();
    try {
      const frames = await logs.follow(of, { backBytes, from }, stop.signal);
      server?.timeout(request, 0);
      return new Response(tailStream(frames, encoding, stop, leave), { headers: STREAM_HEADERS });
    } catch (error) {
      leave();
      throw error;
    }
  }

  async function page({ of, logs, title }: Target, { request }: Context): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const encoding = parseEncoding(searchParams.get("encoding"));
    const query = parsePageQuery(searchParams, { at: "offset", bytes: "length" });
    const { bytes, ...head } = await logs.page(of, query, request.signal);
    return Response.json({ ...title, ...head, ...logText("text", bytes, encoding) }, { headers: NO_STORE });
  }

  async function search({ of, logs, title }: Target, { request }: Context): Promise<Response> {
    const query = parseSearchQuery(new URL(request.url).searchParams);
    return Response.json({ ...title, ...(await logs.search(of, query, request.signal)) }, { headers: NO_STORE });
  }

  async function download({ of, logs, title }: Target, { request, server }: Context): Promise<Response> {
    server?.timeout(request, STALLED_S);
    const answer = await logs.whole(of, request.headers, request.signal);
    return logDownload(answer, `${title.uid ?? title.supervisor}.${title.channel}.log`);
  }

  return new Elysia({ name: "logs", prefix: "/api" })
    .get(
      "/process/log/:channel/tail/:uid",
      ({ params: { channel, uid }, ...to }) => tail(process(to.request, channel, uid), to),
      needs("read", {
        summary: 'Follows a log: server-sent events, each one {"message", "size"}',
        ...TAIL_DOCS,
      }),
    )
    .get(
      "/process/log/:channel/download/:uid",
      ({ params: { channel, uid }, ...to }) => download(process(to.request, channel, uid), to),
      needs("read", { summary: "A whole log, as it is; takes Range", ...DOWNLOAD_DOCS }),
    )
    .get(
      "/process/log/:channel/search/:uid",
      ({ params: { channel, uid }, ...to }) => search(process(to.request, channel, uid), to),
      needs("read", { summary: "Searches a log", ...SEARCH_DOCS }),
    )
    .get(
      "/process/log/:channel/:uid",
      ({ params: { channel, uid }, ...to }) => page(process(to.request, channel, uid), to),
      needs("read", { summary: "A page of a log", ...PAGE_DOCS }),
    )
    .post(
      "/process/log/clear",
      (asked) => run.onProcesses(asked, "clear logs", (uids, by) => actions.clearLogs(uids, by)),
      needs("act", { ...actionDocs("Empties the logs of processes"), group: "logs" }),
    )
    .get(
      "/supervisor/log/tail/:name",
      ({ params: { name }, ...to }) => tail(main(to.request, name), to),
      needs("read", { summary: "Follows supervisord's own log", ...TAIL_DOCS }),
    )
    .get(
      "/supervisor/log/download/:name",
      ({ params: { name }, ...to }) => download(main(to.request, name), to),
      needs("read", { summary: "supervisord's own log, as it is", ...DOWNLOAD_DOCS }),
    )
    .get(
      "/supervisor/log/search/:name",
      ({ params: { name }, ...to }) => search(main(to.request, name), to),
      needs("read", { summary: "Searches supervisord's own log", ...SEARCH_DOCS }),
    )
    .get(
      "/supervisor/log/:name",
      ({ params: { name }, ...to }) => page(main(to.request, name), to),
      needs("read", { summary: "A page of supervisord's own log", ...PAGE_DOCS }),
    );
};

const NO_STORE = { "cache-control": "no-store" };
