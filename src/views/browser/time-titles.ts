import { parseUid } from "../../domain/names.ts";
import { formatAge } from "../age.ts";
import { timeTexts as texts } from "../texts/times.ts";
import { type Clock, readClocks } from "./read-clocks.ts";

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });

function hostOf(element: HTMLElement): string | null {
  const { host, supervisor, uid } =
    element.closest<HTMLElement>("[data-host], [data-supervisor], [data-uid]")?.dataset ?? {};
  return host ?? supervisor ?? (uid === undefined ? null : (parseUid(uid)?.supervisor ?? null));
}

function formatIn(zone: string, ms: number): string {
  const options = { dateStyle: "medium", timeStyle: "long" } as const;
  try {
    return new Intl.DateTimeFormat(undefined, zone === "" ? options : { ...options, timeZone: zone }).format(ms);
  } catch {
    return new Date(ms).toISOString(); // a zone that this browser does not know
  }
}

/** What the host's own clock showed then. @param ms hub's clock, or the host's own where `isHosts` */
function onHost(host: string, { zone, offsetMs }: Clock, ms: number, isHosts: boolean): string {
  const skew = offsetMs === 0 ? "" : (offsetMs > 0 ? texts.ahead : texts.behind)(formatAge(Math.abs(offsetMs)));
  return texts.onHost(host, formatIn(zone, isHosts ? ms : ms + offsetMs), skew);
}

/** The exact instant, in the reader's zone, as UTC, and by the host's own clock: when it is asked for. */
export function startTimeTitles(): void {
  const clocks = readClocks();
  document.addEventListener("pointerover", ({ target }) => {
    const element = target instanceof Element ? target.closest<HTMLElement>(".age[data-since], .at[data-at]") : null;
    if (element === null) return;
    const { since, at } = element.dataset;
    const ms = Number(since ?? at);
    const host = hostOf(element);
    const clock = host === null ? undefined : clocks.get(host);
    const moment = exact.format(ms);
    element.title = [
      since === undefined ? moment : texts.since(moment),
      new Date(ms).toISOString(),
      ...(host === null || clock === undefined ? [] : [onHost(host, clock, ms, element.closest(".happened") !== null)]),
    ].join("\n");
  });
}
