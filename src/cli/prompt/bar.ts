import { printable } from "../../lib/printable.ts";
import type { HubNotification } from "../../protocol/hub.ts";
import type { LiveFleet } from "../follow/live-fleet.ts";
import { isLive } from "../select/known-fleet.ts";

/** "ACME │ live │ 3/3 supervisors │ 21 running, 4 stopped │ 03:14:31 wcid00a on lid001 changed …" */
export function barText(fleet: LiveFleet, base: string, last: HubNotification | null): string {
  const supervisors = [...fleet.supervisors().values()];
  const live = supervisors.filter(isLive);
  const processes = live.flatMap((one) => Object.values(one.processes));
  const running = processes.filter(({ statename }) => statename === "RUNNING").length;
  const trouble = processes.filter(({ statename }) => statename === "FATAL" || statename === "BACKOFF").length;
  const parts = [
    fleet.name() || base,
    fleet.isConnected() ? "live" : "NOT CONNECTED, trying",
    `${live.length}/${supervisors.length} supervisors`,
    `${running} running, ${processes.length - running} stopped${trouble > 0 ? ` (${trouble} FATAL or BACKOFF)` : ""}`,
    last === null ? "" : `${clock(last.time)} ${last.message}`,
  ];
  return parts
    .filter((part) => part !== "")
    .map(printable)
    .join(" │ ");
}

/** @param timeS epoch seconds @returns 03:14:31 in the zone of this machine */
export const clock = (timeS: number): string => new Date(timeS * 1_000).toLocaleTimeString("sv-SE");
