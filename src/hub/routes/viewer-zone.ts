import { type ZoneTime, zoneTime } from "../../views/zone-time.ts";

const COOKIE = /(?:^|;\s*)mv_zone=([A-Za-z0-9_+%/-]{1,64})/;

/** The time zone of whoever looks, as the page's script has told it; UTC until then. */
export function viewerZone(request: Request): ZoneTime {
  const told = COOKIE.exec(request.headers.get("cookie") ?? "")?.[1];
  return zoneTime(told === undefined ? null : told.replaceAll(/%2F/gi, "/"));
}
