import type { Logger } from "../../lib/logger.ts";
import type { FleetView } from "../fleet-view.ts";
import { type FiguresOf, noFigures } from "./figures-of.ts";
import { groupsView } from "./groups-view.ts";
import { type PageMessage, type PageStream, pageStream } from "./page-stream.ts";

type Options = {
  readonly fleet: FleetView;
  /** "" or "/x": pieces of the page hold links */
  readonly basePath: string;
  readonly figures?: FiguresOf;
  readonly logger: Logger;
  readonly now?: () => number;
  readonly joinMs?: number;
  readonly greeting?: () => readonly PageMessage[];
};

/** The stream of the groups page, one for the whole hub. */
export const createGroupsLive = ({
  fleet,
  basePath,
  figures = noFigures,
  now = Date.now,
  ...options
}: Options): PageStream => pageStream(groupsView(fleet, basePath, now, figures), { ...options, now });
