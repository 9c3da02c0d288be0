import type { Supervisor } from "../domain/supervisor.ts";
import { isLoopback } from "../lib/loopback.ts";
import { shortenMiddle } from "./shorten.ts";
import { fleetTexts } from "./texts/fleet.ts";

const MOST_NAMED = 5;

/** Does its agent let in everyone who reaches it, from other machines? */
export const isOpenToAll = ({ secured, host }: Supervisor): boolean =>
  (secured === "none" || secured === "tls") && !isLoopback(host);

/** "No token: everyone who reaches lid001 or lid002 may do what this hub may"; null: all doors are locked. */
export function openHostsWords(supervisors: Iterable<Supervisor>): string | null {
  const names = [...supervisors].filter(isOpenToAll).map(({ name }) => shortenMiddle(name, 40));
  if (names.length === 0) return null;
  return fleetTexts.openHosts(names.slice(0, MOST_NAMED).join(", "), Math.max(0, names.length - MOST_NAMED));
}
