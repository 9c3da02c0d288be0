import type { Supervisor } from "../../domain/supervisor.ts";

/** How a supervisor's rows look; a change of anything else does not touch them. */
export const standing = ({ link, clockOffsetMs }: Supervisor): string =>
  link.status === "live" ? `live ${Math.round((clockOffsetMs ?? 0) / 500)}` : `${link.status} ${link.sinceMs}`;
