import type { Access } from "../../domain/access.ts";
import type { ProcessUid, SupervisorName } from "../../domain/names.ts";
import type { Logger } from "../../lib/logger.ts";
import { updateCounts } from "../../views/frame-update.tsx";
import { updateHistoryBanner } from "../../views/history-banner.tsx";
import type { HistoryLine } from "../../views/history-line.ts";
import type { PageName } from "../../views/page-name.ts";
import type { FleetView } from "../fleet-view.ts";
import { type FiguresOf, noFigures } from "./figures-of.ts";
import { fleetLog } from "./fleet-log.ts";
import { fleetOrder } from "./fleet-order.ts";
import { fleetTallies } from "./fleet-tallies.ts";
import { groupsVersion, groupsView } from "./groups-view.ts";
import type { HistoryProblem } from "./history-problem.ts";
import { hostSums } from "./host-sums.ts";
import { historyView } from "./history-view.ts";
import type { NoticeLog } from "./notice-log.ts";
import { type PageStream, type PageView, pageStream } from "./page-stream.ts";
import { processOrder } from "./process-order.ts";
import { processView } from "./process-view.ts";
import { processesView } from "./processes-view.ts";
import { rowFiguresLog } from "./row-figures-log.ts";
import { supervisorView } from "./supervisor-view.ts";
import { supervisorsView } from "./supervisors-view.ts";

/**
 * The newest of one process or supervisor, as somebody may see it (null: all of it).
 * @throws Error where the history cannot be read now
 */
export type LatestLines = {
  readonly ofProcess: (uid: ProcessUid, access: Access | null) => readonly HistoryLine[];
  readonly ofSupervisor: (name: SupervisorName, access: Access | null) => readonly HistoryLine[];
};

type Options = {
  readonly fleet: FleetView;
  /** "" or "/x": pieces of the pages hold links */
  readonly basePath: string;
  readonly latest: LatestLines;
  readonly figures?: FiguresOf;
  /** of the whole fleet: each view hears its own */
  readonly notices: NoticeLog;
  readonly historyProblem: HistoryProblem;
  readonly logger: Logger;
  readonly now?: () => number;
};

export type PagesLive = ReturnType<typeof createPagesLive>;

const orNull = <T>(read: () => T): T | null => {
  try {
    return read();
  } catch {
    return null; // the page says so by itself, and the rest goes on
  }
};

/** The streams of all pages, one for each view for the whole hub. */
export function createPagesLive(pages: Options) {
  const { fleet, basePath, latest, figures = noFigures, notices, historyProblem, logger, now = Date.now } = pages;
  const log = fleetLog(fleet);
  const rowFigures = rowFiguresLog(fleet, figures);
  const banner = () => ({ data: updateHistoryBanner(historyProblem.now()) });
  const options = { logger, now, greeting: () => [banner()] };
  const order = fleetOrder(fleet);
  const tallies = fleetTallies(fleet, figures);
  const summed = { tallyOf: tallies.of, sumsOf: hostSums(fleet, figures.sums) };
  const counts = (page: PageName) => () => updateCounts(tallies.counts(), basePath, page);
  const groups = pageStream(groupsView({ fleet, order, log, tallies, basePath, now, figures }), options);
  const processes = pageStream(processesView(fleet, log, rowFigures, tallies, basePath, now), options);
  const supervisors = pageStream(
    supervisorsView({ fleet, basePath, now, counts: counts("supervisors"), ...summed }),
    options,
  );
  const history = pageStream(historyView(fleet, counts("history")), options);
  const { access = null } = fleet;
  /** of one process or supervisor each, as long as somebody looks at it */
  const single = new Map<string, PageStream>();

  const streams = () => [groups, processes, supervisors, history, ...single.values()];
  const endNotices = notices.follow(fleet, (together) => {
    const message = { event: "notices", data: JSON.stringify(together) };
    for (const stream of streams()) stream.tell(message);
  });

  const endProblem = historyProblem.follow(() => {
    for (const stream of streams()) stream.tell(banner());
  });

  const only = (key: string, make: () => PageView): PageStream => {
    const known = single.get(key);
    if (known !== undefined) return known;
    const view = make();
    const forget = () => {
      single.delete(key);
      view.close();
    };
    const stream = pageStream({ ...view, close: forget }, options);
    single.set(key, stream);
    return stream;
  };
  return {
    ...{ groups, processes, supervisors, history },
    process: (uid: ProcessUid) =>
      only(`process ${uid}`, () =>
        processView(uid, {
          ...{ fleet, basePath, now, counts: counts("process") },
          lines: () => orNull(() => latest.ofProcess(uid, access)),
        }),
      ),
    supervisor: (name: SupervisorName) =>
      only(`supervisor ${name}`, () =>
        supervisorView(name, {
          ...{ fleet, basePath, now, counts: counts("supervisor"), stripOf: figures.strip },
          lines: () => orNull(() => latest.ofSupervisor(name, access)),
        }),
      ),
    /** what the table of processes shows at this moment */
    version: () => `${log.version()}.${rowFigures.tick()}`,
    notices: () => notices.of(fleet),
    order: processOrder(order, rowFigures.of),
    /** what the page of groups shows at this moment */
    groupsShown: () => ({ groups: order.groups(), version: groupsVersion(log, now()) }),
    figures: { strip: figures.strip, shown: rowFigures.of },
    ...{ tallies, summed },
    close() {
      endNotices();
      endProblem();
      for (const stream of streams()) stream.close();
    },
  };
}
