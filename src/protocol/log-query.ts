import { MultivisorError } from "../domain/errors.ts";
import {
  DEFAULT_PAGE_BYTES,
  MAX_CONTEXT_LINES,
  MAX_MATCHES,
  MAX_PAGE_BYTES,
  MAX_PAGE_LINES,
  MAX_PATTERN_LENGTH,
} from "./agent-log-frames.ts";

/** What is asked of a log, by name; the same words for the agent and, but for `offset`, for clients of the hub. */
export type Parameters = { readonly get: (name: string) => string | null };

export type LogPageQuery = { readonly at: string; readonly unit: "bytes" | "lines"; readonly count: number };

export type LogSearchQuery = {
  readonly q: string;
  readonly regex: boolean;
  readonly caseSensitive: boolean;
  readonly before: number;
  readonly after: number;
  readonly limit: number;
  /** a place */
  readonly until: string;
};

const DEFAULT_MATCHES = 100;

/** @throws MultivisorError BAD_REQUEST that names the parameter */
export function integerOf(parameters: Parameters, name: string, fallback: number, min: number, max: number): number {
  const text = parameters.get(name);
  if (text === null || text === "") return fallback;
  const value = /^[+-]?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new MultivisorError("BAD_REQUEST", `Cannot read ${name}: a whole number from ${min} to ${max} expected`);
}

function flagOf(parameters: Parameters, name: string): boolean {
  const text = parameters.get(name) ?? "0";
  if (["1", "true", "yes", ""].includes(text)) return true;
  if (["0", "false", "no"].includes(text)) return false;
  throw new MultivisorError("BAD_REQUEST", `Cannot read ${name}: 0 or 1 expected`);
}

/** Where nothing is said: the last 64 KiB. With `lines` the page has so many, with `bytes` (the hub's `length`) so many of those. */
export function parsePageQuery(
  parameters: Parameters,
  names: { readonly at: string; readonly bytes: string },
): LogPageQuery {
  const at = parameters.get(names.at) || "end";
  if (parameters.get("lines") !== null) {
    if (parameters.get(names.bytes) !== null)
      throw new MultivisorError("BAD_REQUEST", `Cannot read both lines and ${names.bytes}: give one`);
    return {
      at,
      unit: "lines",
      count: directed(at, integerOf(parameters, "lines", 0, -MAX_PAGE_LINES, MAX_PAGE_LINES)),
    };
  }
  const count = integerOf(parameters, names.bytes, DEFAULT_PAGE_BYTES, -MAX_PAGE_BYTES, MAX_PAGE_BYTES);
  return { at, unit: "bytes", count: directed(at, count) };
}

/** Nothing follows the end: "100 lines" of it are the last. */
const directed = (at: string, count: number): number => (at === "end" ? -Math.abs(count) : count);

/** @throws MultivisorError BAD_REQUEST */
export function parseSearchQuery(parameters: Parameters): LogSearchQuery {
  const q = parameters.get("q") ?? "";
  if (q === "" || q.length > MAX_PATTERN_LENGTH)
    throw new MultivisorError("BAD_REQUEST", `Cannot read q: a text of 1 to ${MAX_PATTERN_LENGTH} characters expected`);
  return {
    q,
    regex: flagOf(parameters, "regex"),
    caseSensitive: parameters.get("case") === null || flagOf(parameters, "case"),
    before: integerOf(parameters, "before", 0, 0, MAX_CONTEXT_LINES),
    after: integerOf(parameters, "after", 0, 0, MAX_CONTEXT_LINES),
    limit: integerOf(parameters, "limit", DEFAULT_MATCHES, 1, MAX_MATCHES),
    until: parameters.get("until") || "end",
  };
}
