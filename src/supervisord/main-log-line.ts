/** How a process ended (supervisor/options.py, decode_wait_status). */
export type WaitStatus = { readonly exitCode: number | null; readonly signal: string | null };

/** A line of supervisord's main log that tells of a process; `name` is without its group. Times are epoch milliseconds. */
export type MainLogLine =
  | { readonly what: "spawned"; readonly atMs: number; readonly name: string; readonly pid: number }
  | (WaitStatus & {
      /** exited: by itself; stopped: because supervisord was told to stop it */
      readonly what: "exited" | "stopped";
      readonly atMs: number;
      readonly name: string;
      /** of "exited" */
      readonly expected: boolean;
    });

const HEAD = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d),(\d{3}) (?:CRIT|ERRO|WARN|INFO|DEBG|TRAC|BLAT) /;
const SPAWNED = /^spawned: '(.+)' with pid (\d+)$/;
const ENDED = /^(exited|stopped): (.+?) \((.+)\)$/;
const STATUS = /^(?:exit status (\d+)|terminated by (.+?)(?: \(core dumped\))?)$/;

export const isMainLogLine = (line: string): boolean => HEAD.test(line);

/** By how much clocks are put back at the end of summer. */
const PUT_BACK_MS = [3_600_000, 1_800_000];
const SLACK_MS = 1_000;

/** What a clock on the wall shows, without seconds. */
function shown(ms: number): number {
  const date = new Date(ms);
  return date.getHours() * 60 + date.getMinutes();
}

/**
 * supervisord writes local time without a zone; whoever it started has the same. What a clock shows twice was the second
 * time, unless that is still to come.
 */
function timeOf(head: RegExpExecArray, nowMs: number): number {
  const [, year, month, day, hour, minute, second, ms] = head.map(Number) as [number, ...number[]];
  const firstMs = new Date(year ?? 0, (month ?? 1) - 1, day, hour, minute, second, ms).getTime();
  const again = PUT_BACK_MS.map((byMs) => firstMs + byMs);
  return again.find((laterMs) => laterMs <= nowMs + SLACK_MS && shown(laterMs) === shown(firstMs)) ?? firstMs;
}

function statusOf(text: string): WaitStatus {
  const match = STATUS.exec(text);
  return { exitCode: match?.[1] === undefined ? null : Number(match[1]), signal: match?.[2] ?? null };
}

/**
 * @param nowMs when the line was read
 * @returns null for lines that tell of something else
 */
export function parseMainLogLine(line: string, nowMs: number): MainLogLine | null {
  const head = HEAD.exec(line);
  if (head === null) return null;
  const message = line.slice(head[0].length);
  const spawned = SPAWNED.exec(message);
  if (spawned !== null)
    return { what: "spawned", atMs: timeOf(head, nowMs), name: spawned[1] ?? "", pid: Number(spawned[2]) };
  const ended = ENDED.exec(message);
  if (ended === null) return null;
  const what = ended[1] as "exited" | "stopped";
  const [status = "", judgement] = (ended[3] ?? "").split("; ");
  return {
    what,
    atMs: timeOf(head, nowMs),
    name: ended[2] ?? "",
    ...statusOf(status),
    expected: judgement === "expected",
  };
}
