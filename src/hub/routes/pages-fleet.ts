import { Elysia } from "elysia";
import { cardRoom, isWhole } from "../../views/card-room.ts";
import type { PageInput } from "../../views/frame.tsx";
import { groupsPage } from "../../views/groups-page.tsx";
import { parseSort } from "../../views/process-sort.ts";
import { processesPage } from "../../views/processes-page.tsx";
import { supervisorsPage } from "../../views/supervisors-page.tsx";
import type { ViewContext } from "../../views/view-context.ts";
import type { Assets } from "../assets.ts";
import type { EnterStreams } from "../door/stream-room.ts";
import type { FleetView } from "../fleet-view.ts";
import type { PagesLive } from "../live/pages-live.ts";
import { parseSupervisorSort, supervisorOrder } from "../live/supervisor-order.ts";
import { pageResponse } from "../page-response.ts";
import { readFilter } from "../read-filter.ts";
import { needs } from "./needs.ts";
import { pageStreamResponse } from "./page-stream-response.ts";
import { seeOther } from "./see-other.ts";

export type FleetPagesOptions = {
  /** what whoever asks may see, and the streams of that */
  readonly enterStreams: EnterStreams;
  readonly scope: (request: Request) => { readonly fleet: FleetView; readonly live: PagesLive };
  readonly assets: Assets;
  readonly context: (request: Request) => ViewContext;
  readonly now?: () => number;
};

export const parameter = (request: Request, name: string): string =>
  (new URL(request.url).searchParams.get(name) ?? "").slice(0, 1_000);

/** @throws MultivisorError BAD_REQUEST */
function filterOf(request: Request): string {
  const text = parameter(request, "filter");
  readFilter(text);
  return text;
}

/** What every page is made of, for whoever asks. */
export const pageInput =
  ({ scope, assets, context, now = Date.now }: FleetPagesOptions) =>
  (request: Request): PageInput => ({
    context: context(request),
    assets: assets.urls,
    supervisors: scope(request).fleet.supervisors(),
    counts: scope(request).live.tallies.counts(),
    nowMs: now(),
  });

/** Lists of the fleet, and their streams. */
export function fleetPages(options: FleetPagesOptions) {
  const { scope, enterStreams } = options;
  const input = pageInput(options);
  return new Elysia({ name: "fleet-pages" })
    .get(
      "/",
      ({ request }) => {
        const { figures, groupsShown, tallies } = scope(request).live;
        const filter = filterOf(request);
        const { groups, version } = groupsShown();
        // Cards that hold a part of a large fleet cannot be filtered: what matches may not be among it.
        if (filter !== "" && !isWhole(cardRoom(groups)))
          return seeOther(`${options.context(request).basePath}/processes?${new URLSearchParams({ filter })}`);
        const shown = { attention: tallies.attention(), groups, version, stripOf: figures.strip };
        const page = { ...input(request), filter, ...shown };
        return pageResponse(groupsPage(page), request);
      },
      needs("read", "Page: the groups"),
    )
    .get(
      "/live/groups",
      ({ request, server }) => pageStreamResponse(scope(request).live.groups, { request, server }, enterStreams),
      needs("read", "Updates of the page of groups"),
    )
    .get(
      "/live/notices",
      ({ request, set }) => {
        set.headers["cache-control"] = "no-store";
        return scope(request).live.notices();
      },
      needs("read", "What stands behind the bell of the pages"),
    )
    .get(
      "/processes",
      ({ request }) => {
        const sort = parseSort(parameter(request, "sort"));
        const { live } = scope(request);
        const version = live.version();
        const shown = {
          figures: live.figures.shown,
          attention: live.tallies.attention(),
          rows: live.order(sort),
          version,
          sort,
        };
        const page = { ...input(request), filter: filterOf(request), ...shown };
        return pageResponse(processesPage(page), request);
      },
      needs("read", "Page: all processes"),
    )
    .get(
      "/live/processes",
      ({ request, server }) => pageStreamResponse(scope(request).live.processes, { request, server }, enterStreams),
      needs("read", "Updates of the page of processes"),
    )
    .get(
      "/supervisors",
      ({ request }) => {
        const page = input(request);
        const sort = parseSupervisorSort(parameter(request, "sort"));
        const { summed } = scope(request).live;
        const rows = supervisorOrder(page.supervisors, sort, summed);
        return pageResponse(supervisorsPage({ ...page, ...summed, filter: filterOf(request), sort, rows }), request);
      },
      needs("read", "Page: all supervisors"),
    )
    .get(
      "/live/supervisors",
      ({ request, server }) => pageStreamResponse(scope(request).live.supervisors, { request, server }, enterStreams),
      needs("read", "Updates of the page of supervisors"),
    );
}
