import { MultivisorError } from "../../domain/errors.ts";
import { DAY_MS } from "../../lib/day.ts";
import { parseTime } from "./history-query.ts";
import type { SummaryBy, SummaryQuery, TimelineQuery } from "./uptime-reader.ts";

const DEFAULT_LIMIT = 1_000;
const MAX_LIMIT = 100_000;
const DEFAULT_WIDTH = 1_000;
const MAX_WIDTH = 10_000;

export const SUMMARY_PARAMETERS = ["uid", "supervisor", "group", "process", "by", "from", "to", "limit"] as const;
export const TIMELINE_PARAMETERS = ["uid", "from", "to", "width"] as const;

type Given<K extends string> = { readonly [key in K]?: string | undefined };

const refuse = (message: string): never => {
  throw new MultivisorError("BAD_REQUEST", `Cannot read the request: ${message}`);
};

/** The last day, and never what has not happened yet. */
function parseWindow(given: Given<"from" | "to">, nowMs: number) {
  const toMs = Math.min(parseTime("to", given.to) ?? nowMs, nowMs);
  const fromMs = parseTime("from", given.from) ?? toMs - DAY_MS;
  return fromMs < toMs ? { fromMs, toMs } : refuse("from is not before to");
}

function parseCount(name: string, text: string | undefined, otherwise: number, most: number): number {
  if (!text) return otherwise;
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= most) return count;
  return refuse(`${name} "${text}" is not a number from 1 to ${most}`);
}

function parseBy(text: string | undefined): SummaryBy {
  if (!text) return "process";
  if (text === "process" || text === "group" || text === "supervisor") return text;
  return refuse(`by "${text}" is none of process, group, supervisor`);
}

/** @throws MultivisorError BAD_REQUEST */
export const parseSummaryQuery = (
  given: Given<(typeof SUMMARY_PARAMETERS)[number]>,
  nowMs: number,
): SummaryQuery & { readonly limit: number } => ({
  ...parseWindow(given, nowMs),
  uid: given.uid || null,
  supervisor: given.supervisor || null,
  group: given.group || null,
  process: given.process || null,
  by: parseBy(given.by),
  limit: parseCount("limit", given.limit, DEFAULT_LIMIT, MAX_LIMIT),
});

/** @throws MultivisorError BAD_REQUEST */
export const parseTimelineQuery = (
  given: Given<(typeof TIMELINE_PARAMETERS)[number]>,
  nowMs: number,
): TimelineQuery => ({
  ...parseWindow(given, nowMs),
  uid: given.uid || refuse("uid is missing"),
  width: parseCount("width", given.width, DEFAULT_WIDTH, MAX_WIDTH),
});
