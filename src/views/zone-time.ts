/** Moments in words of one time zone; epoch milliseconds. */
export type ZoneTime = {
  /** "Europe/Paris" */
  readonly name: string;
  /** "14:00" */
  readonly clock: (ms: number) => string;
  /** "22 Nov" */
  readonly shortDate: (ms: number) => string;
  /** "Sun 22 Nov 2026" */
  readonly date: (ms: number) => string;
  /** "22 Nov 14:00:05" */
  readonly moment: (ms: number) => string;
  /** how far its clocks are ahead of UTC then */
  readonly offsetMs: (ms: number) => number;
};

const known = new Map<string, ZoneTime>();
const MOST_KNOWN = 600;

/** @param name as a browser tells it; UTC where there is no such zone, and then the words say so */
export function zoneTime(name: string | null): ZoneTime {
  const wanted = name ?? "UTC";
  const made = known.get(wanted) ?? make(wanted);
  if (known.size < MOST_KNOWN) known.set(wanted, made);
  return made;
}

function make(name: string): ZoneTime {
  try {
    const format = (options: Intl.DateTimeFormatOptions) => {
      const one = new Intl.DateTimeFormat("en-GB", { timeZone: name, hourCycle: "h23", ...options });
      return (ms: number) => one.format(ms).replaceAll(",", "");
    };
    const clock = format({ hour: "2-digit", minute: "2-digit" });
    const shortDate = format({ day: "numeric", month: "short" });
    const moment = format({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit" });
    const suffix = name === "UTC" ? " UTC" : "";
    return {
      name,
      clock: (ms) => clock(ms) + suffix,
      shortDate,
      date: format({ weekday: "short", day: "numeric", month: "short", year: "numeric" }),
      moment: (ms) => moment(ms) + suffix,
      offsetMs: (ms) => offsetOf(name, ms),
    };
  } catch {
    return make("UTC");
  }
}

function offsetOf(timeZone: string, ms: number): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    ...{ timeZone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric" },
    ...{ hour: "numeric", minute: "numeric", second: "numeric" },
  }).formatToParts(ms);
  const of = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const there = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return there - Math.floor(ms / 1_000) * 1_000;
}
