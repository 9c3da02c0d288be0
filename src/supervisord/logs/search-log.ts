import { readFileSync } from "node:fs";
import { MultivisorError } from "../../domain/errors.ts";
import { ownCommand } from "../../lib/own-command.ts";
import type { SearchInput } from "./command.ts";
import type { LogBytes } from "./log-bytes.ts";
import type { SearchLine, SearchRequest } from "./search-lines.ts";

/** Of matches and their context together. */
const MAX_ANSWER_BYTES = 4 * 1_024 * 1_024;
/** A pattern can fill memory as well as time. */
const MAX_CHILD_BYTES = 300 * 1_024 * 1_024;
const MEMORY_LOOK_MS = 100;
/** Of a log that supervisord has to send: the newest. */
const MAX_INLINE_BYTES = 1_024 * 1_024;

export type LogMatch = { offset: number; cursor: string; line: string; before: string[]; after: string[] };

/** As the contract's LogMatches (protocol/agent-logs.ts). */
export type LogMatches = {
  matches: LogMatch[];
  size: number;
  complete: boolean;
  stopped: "limit" | "time" | "size" | null;
  previous: string | null;
  searchedBytes: number;
  source: LogBytes["source"];
};

/** Searches in a process of its own, which is killed when the time is over or nobody wants to know any more. */
export async function searchLog(
  log: LogBytes,
  request: SearchRequest,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<LogMatches> {
  const input = await inputOf(log, request);
  const fds = log.files.map(({ fd }) => fd);
  const child = Bun.spawn([...ownCommand(), "search-log"], {
    // not the name that the agent was called by; and with the just-in-time compiler, which the agent does without
    ...{ argv0: "multivisor", env: {}, stdio: ["pipe", "pipe", "ignore", ...fds] as ["pipe", "pipe", "ignore"] },
  });
  let late = false;
  const kill = () => child.kill("SIGKILL");
  const timer = setTimeout(() => {
    late = true;
    kill();
  }, timeoutMs);
  const memory = setInterval(() => {
    if (rssBytes(child.pid) < MAX_CHILD_BYTES) return;
    late = true;
    kill();
  }, MEMORY_LOOK_MS);
  signal.addEventListener("abort", kill);
  try {
    child.stdin.write(JSON.stringify(input));
    await child.stdin.end();
    const found = await collect(child.stdout, kill);
    return answerOf(log, request, found, late, input.inline?.start ?? 0);
  } finally {
    clearTimeout(timer);
    clearInterval(memory);
    signal.removeEventListener("abort", kill);
    kill();
    await child.exited;
  }
}

/** 0 where /proc is not there. */
function rssBytes(pid: number): number {
  try {
    const pages = readFileSync(`/proc/${pid}/statm`, "latin1").split(" ")[1];
    return Number(pages) * 4_096;
  } catch {
    return 0;
  }
}

async function inputOf(log: LogBytes, request: SearchRequest): Promise<SearchInput> {
  if (log.files.length > 0)
    return { request, files: log.files.map(({ start, size }) => ({ start, size })), inline: null };
  const start = Math.max(0, request.until - MAX_INLINE_BYTES);
  const data = Buffer.from(await log.readAt(start, request.until - start)).toString("base64");
  return { request: { ...request, size: request.until }, files: [], inline: { start, data } };
}

type Found = { readonly matches: Extract<SearchLine, { kind: "match" }>[]; from: number | null; full: boolean };

/** @throws MultivisorError BAD_REQUEST for a pattern that is none */
async function collect(stdout: ReadableStream<Uint8Array>, kill: () => void): Promise<Found> {
  const found: Found = { matches: [], from: null, full: false };
  const decoder = new TextDecoder();
  let bytes = 0;
  let rest = "";
  for await (const chunk of stdout) {
    bytes += chunk.byteLength;
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const text of lines) take(found, JSON.parse(text));
    if (bytes <= MAX_ANSWER_BYTES) continue;
    found.full = true;
    kill();
    break;
  }
  return found;
}

function take(found: Found, line: SearchLine): void {
  if (line.kind === "bad") throw new MultivisorError("BAD_REQUEST", `Cannot search: ${line.message}`);
  if (line.kind === "searched") found.from = line.from;
  else found.matches.push(line);
}

function answerOf(log: LogBytes, request: SearchRequest, found: Found, late: boolean, floor: number): LogMatches {
  const oldest = found.matches.at(-1)?.offset ?? request.until;
  // Killed within a piece: what was found there is given, and the next search begins before it.
  const from = Math.min(found.from ?? request.until, oldest);
  const isLimit = found.matches.length >= request.limit;
  const stopped = late
    ? "time"
    : found.full || (from <= floor && floor > 0)
      ? "size"
      : isLimit && from > 0
        ? "limit"
        : null;
  const matches = found.matches
    .reverse()
    .map(
      ({ offset, line, before, after }): LogMatch => ({ offset, cursor: log.cursorAt(offset), line, before, after }),
    );
  return {
    matches,
    size: log.size,
    complete: stopped === null,
    stopped,
    previous: stopped === null ? null : log.cursorAt(from),
    searchedBytes: request.until - from,
    source: log.source,
  };
}
