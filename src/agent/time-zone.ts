import { readlinkSync } from "node:fs";

/** What follows in the path is the zone's name: /usr/share/zoneinfo/Europe/Paris */
const ZONES = "zoneinfo/";

/** The host's time zone by name; null where the system does not say it by a link, as containers often do not. */
export function timeZone(link = "/etc/localtime"): string | null {
  try {
    const [, name] = readlinkSync(link).split(ZONES);
    return name ?? null;
  } catch {
    return null;
  }
}
