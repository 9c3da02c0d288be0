import type { Logger } from "../../lib/logger.ts";
import type { FleetView } from "../fleet-view.ts";
import { fleetLog } from "./fleet-log.ts";
import { createGroupsLive } from "./groups-live.ts";
import { type PageStream, pageStream } from "./page-stream.ts";
import { processOrder } from "./process-order.ts";
import { processesView } from "./processes-view.ts";

type Options = {
  readonly fleet: FleetView;
  /** "" or "/x": pieces of the pages hold links */
  readonly basePath: string;
  readonly logger: Logger;
  readonly now?: () => number;
};

export type PagesLive = ReturnType<typeof createPagesLive>;

/** The streams of all pages, one for each view for the whole hub. */
export function createPagesLive({ fleet, basePath, logger, now = Date.now }: Options) {
  const log = fleetLog(fleet);
  const groups = createGroupsLive({ fleet, basePath, logger, now });
  const processes = pageStream(processesView(fleet, log, basePath, now), { logger, now });
  const all: readonly PageStream[] = [groups, processes];
  return {
    groups,
    processes,
    /** what the table of processes shows at this moment */
    version: log.version,
    order: processOrder(fleet),
    close() {
      for (const stream of all) stream.close();
    },
  };
}
