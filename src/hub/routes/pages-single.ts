import { Elysia } from "elysia";
import { MultivisorError, messageOf } from "../../domain/errors.ts";
import { type ProcessUid, parseUid, type SupervisorName } from "../../domain/names.ts";
import type { HistoryLine } from "../../views/history-line.ts";
import { html } from "../../views/html.ts";
import { logPage, logsPage } from "../../views/log-page.tsx";
import { LOG_CHANNELS, type LogChannel } from "../../views/log-panel.tsx";
import type { Message } from "../../views/message-page.tsx";
import { MOST_LOGS } from "../../views/most-logs.ts";
import { isStale, type PlacedProcess } from "../../views/process-look.ts";
import { processPage } from "../../views/process-page.tsx";
import { ProcessPast } from "../../views/process-past.tsx";
import { shortenMiddle } from "../../views/shorten.ts";
import { SUPERVISOR_ACTIONS } from "../../views/supervisor-action.ts";
import { mainLogPage, supervisorPage } from "../../views/supervisor-page.tsx";
import { messageTexts as texts } from "../../views/texts/message.ts";
import { historyUrl } from "../../views/urls.ts";
import type { KnownProgram } from "../known-programs.ts";
import type { LatestLines } from "../live/pages-live.ts";
import { pageResponse } from "../page-response.ts";
import { needs } from "./needs.ts";
import { pageStreamResponse } from "./page-stream-response.ts";
import { type FleetPagesOptions, pageInput, parameter } from "./pages-fleet.ts";
import type { ReadPast } from "./read-past.ts";
import { viewerZone } from "./viewer-zone.ts";

export type SinglePagesOptions = FleetPagesOptions & {
  readonly latest: LatestLines;
  readonly past: ReadPast;
  readonly program: KnownProgram;
  /** the page for what does not exist */
  readonly notFound: (request: Request, message?: Message) => Response;
};

const channelOf = (request: Request): LogChannel =>
  LOG_CHANNELS.find((channel) => channel === parameter(request, "channel")) ?? "out";

const noProcess = (uid: string): Message => ({
  title: texts.noProcess(shortenMiddle(uid, 80)),
  text: texts.processGone,
  more: { path: historyUrl("", { uid: uid.toWellFormed() }), words: texts.itsHistory },
});

const noSupervisor = (name: string): Message => ({
  title: texts.noSupervisor(shortenMiddle(name, 80)),
  text: texts.supervisorGone,
});

type Lines = { readonly lines: readonly HistoryLine[]; readonly problem: string | null };

function linesOf(read: () => readonly HistoryLine[]): Lines {
  try {
    return { lines: read(), problem: null };
  } catch (error) {
    if (error instanceof MultivisorError) return { lines: [], problem: messageOf(error) };
    throw error;
  }
}

/** Pages of one process and of one supervisor, and their streams. */
export function singlePages(options: SinglePagesOptions) {
  const { scope, enterStreams, latest, notFound, past, program } = options;
  const pastOf = (request: Request, placed: PlacedProcess) =>
    past(placed, parameter(request, "span"), viewerZone(request));
  const input = pageInput(options);
  const accessOf = (request: Request) => scope(request).fleet.access ?? null;
  const place = (request: Request, uid: string): PlacedProcess | null => {
    const { fleet } = scope(request);
    const process = fleet.process(uid as ProcessUid);
    const supervisor = process === null ? undefined : fleet.supervisors().get(process.supervisor);
    return process === null || supervisor === undefined ? null : { process, supervisor };
  };
  /** The hub has just begun, or its host is away: pages that were open before go on when it is known again. */
  const mayCome = (request: Request, uid: string): boolean => {
    const supervisor = scope(request)
      .fleet.supervisors()
      .get(parseUid(uid)?.supervisor as SupervisorName);
    return supervisor !== undefined && isStale(supervisor);
  };
  return new Elysia({ name: "single-pages" })
    .get(
      "/process/:uid",
      async ({ params: { uid }, request }) => {
        const placed = place(request, uid);
        if (placed === null) return notFound(request, noProcess(uid));
        const { supervisor, group, name } = placed.process;
        const configured = await program(supervisor, group, name);
        const known = linesOf(() => latest.ofProcess(placed.process.uid, accessOf(request)));
        const parts = { placed, past: pastOf(request, placed), program: configured };
        return pageResponse(processPage({ ...input(request), ...parts, ...known }), request);
      },
      needs("read", "Page: one process"),
    )
    .get(
      "/process/:uid/past",
      ({ params: { uid }, request }) => {
        const placed = place(request, uid);
        const known = placed && pastOf(request, placed);
        if (placed === null || known === null) return notFound(request);
        const { basePath } = options.context(request);
        return pageResponse(html(ProcessPast({ uid: placed.process.uid, past: known, basePath })), request);
      },
      needs("read", "A piece of a page: the pictures of one process"),
    )
    .get(
      "/process/:uid/log",
      ({ params: { uid }, request }) => {
        const placed = place(request, uid);
        if (placed === null) return notFound(request, noProcess(uid));
        return pageResponse(logPage({ ...input(request), placed, channel: channelOf(request) }), request);
      },
      needs("read", "Page: the log of one process"),
    )
    .get(
      "/log",
      ({ request }) => {
        const { searchParams } = new URL(request.url);
        const uids = [...new Set(searchParams.getAll("uid"))];
        const placed = uids.slice(0, MOST_LOGS).flatMap((uid) => place(request, uid) ?? []);
        const of = Math.max(uids.length, Number.parseInt(searchParams.get("of") ?? "", 10) || 0);
        return pageResponse(logsPage({ ...input(request), placed, of, channel: channelOf(request) }), request);
      },
      needs("read", "Page: the logs of several processes together"),
    )
    .get(
      "/live/process/:uid",
      ({ params: { uid }, request, server }) =>
        place(request, uid) === null && !mayCome(request, uid)
          ? notFound(request)
          : pageStreamResponse(scope(request).live.process(uid as ProcessUid), { request, server }, enterStreams),
      needs("read", "Updates of the page of one process"),
    )
    .get(
      "/supervisor/:name",
      ({ params: { name }, request }) => {
        const supervisor = scope(request).fleet.supervisors().get(name);
        if (supervisor === undefined) return notFound(request, noSupervisor(name));
        const asked = SUPERVISOR_ACTIONS.find((action) => action === parameter(request, "ask")) ?? null;
        const known = linesOf(() => latest.ofSupervisor(name, accessOf(request)));
        const { strip: stripOf } = scope(request).live.figures;
        return pageResponse(supervisorPage({ ...input(request), supervisor, asked, stripOf, ...known }), request);
      },
      needs("read", "Page: one supervisor"),
    )
    .get(
      "/supervisor/:name/log",
      ({ params: { name }, request }) => {
        const supervisor = scope(request).fleet.supervisors().get(name);
        if (supervisor === undefined) return notFound(request, noSupervisor(name));
        return pageResponse(mainLogPage({ ...input(request), supervisor }), request);
      },
      needs("read", "Page: the log of one supervisord"),
    )
    .get(
      "/live/supervisor/:name",
      ({ params: { name }, request, server }) =>
        scope(request).fleet.supervisors().has(name)
          ? pageStreamResponse(scope(request).live.supervisor(name), { request, server }, enterStreams)
          : notFound(request),
      needs("read", "Updates of the page of one supervisor"),
    );
}
