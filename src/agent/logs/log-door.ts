import { MultivisorError } from "../../domain/errors.ts";
import { createSeats } from "../../lib/seats.ts";
import { HEARTBEAT_MS } from "../../protocol/agent-constants.ts";
import {
  DEFAULT_BACK_BYTES,
  type LogFrame,
  MAX_PAGE_BYTES,
  PAGE_HEADER,
  SEARCH_TIMEOUT_MS,
} from "../../protocol/agent-log-frames.ts";
import { integerOf, parsePageQuery, parseSearchQuery } from "../../protocol/log-query.ts";
import { tailFrames } from "../../protocol/tail-frames.ts";
import type { LogOf } from "../../supervisord/logs/log-of.ts";
import { isCursor, readPage, resolvePlace } from "../../supervisord/logs/log-page.ts";
import { openLogTail, type TailServer } from "../../supervisord/logs/open-log-tail.ts";
import { openRpcLog } from "../../supervisord/logs/rpc-log.ts";
import { searchLog } from "../../supervisord/logs/search-log.ts";
import { wholeLog } from "../../supervisord/logs/whole-log.ts";
import type { Rpc } from "../../supervisord/rpc-client.ts";
import { followFile } from "./follow-file.ts";
import { frameStream } from "./frame-stream.ts";
import { type LogPlaces, openLog, pathOf, whereMay } from "./open-log.ts";
import { openLogFile } from "./open-log-file.ts";

export type LogDoorDeps = {
  readonly places: LogPlaces;
  readonly rpc: Rpc;
  /** null where supervisord has no server */
  readonly server: TailServer | null;
};

/** Answers what begins with /v1/log/, as protocol/agent-logs.ts says. @throws MultivisorError */
export type LogDoor = (request: Request, url: URL) => Promise<Response>;

/** Each holds files open; a search is a process. */
const MAX_FOLLOWERS = 64;
const MAX_READERS = 32;
const MAX_SEARCHES = 2;

export function createLogDoor({ places, rpc, server }: LogDoorDeps): LogDoor {
  const followers = createSeats(MAX_FOLLOWERS);
  const readers = createSeats(MAX_READERS);
  const searches = createSeats(MAX_SEARCHES);

  async function page(of: LogOf, url: URL): Promise<Response> {
    const query = parsePageQuery(url.searchParams, { at: "at", bytes: "bytes" });
    return seated(readers, "pages", async () => {
      const log = await openLog(places, rpc, of);
      try {
        const { bytes, ...head } = await readPage(log, query, MAX_PAGE_BYTES);
        const headers = { "content-type": "application/octet-stream", [PAGE_HEADER]: JSON.stringify(head) };
        return new Response(bytes as Uint8Array<ArrayBuffer>, { headers });
      } finally {
        await log.close();
      }
    });
  }

  async function search(of: LogOf, url: URL, signal: AbortSignal): Promise<Response> {
    const { until, ...query } = parseSearchQuery(url.searchParams);
    return seated(searches, "searches", async () => {
      const log = await openLog(places, rpc, of);
      try {
        const request = { ...query, until: resolvePlace(log, until), size: log.size };
        return Response.json(await searchLog(log, request, SEARCH_TIMEOUT_MS, signal));
      } finally {
        await log.close();
      }
    });
  }

  async function whole(of: LogOf, request: Request): Promise<Response> {
    const leave = seat(readers, "downloads");
    try {
      const log = await openLog(places, rpc, of);
      const close = () => log.close().finally(leave);
      return await wholeLog({ ...log, close }, request);
    } catch (error) {
      leave();
      throw error;
    }
  }

  async function follow(of: LogOf, url: URL): Promise<Response> {
    const backBytes = integerOf(url.searchParams, "back", DEFAULT_BACK_BYTES, 0, MAX_PAGE_BYTES);
    const from = cursorOf(url.searchParams.get("from"));
    const leave = seat(followers, "followers");
    const stop = new AbortController();
    try {
      const frames = await openFrames(of, { backBytes, from }, stop.signal);
      const body = frameStream(frames, stop, leave);
      return new Response(body, {
        headers: { "content-type": "application/octet-stream", "cache-control": "no-store" },
      });
    } catch (error) {
      leave();
      throw error;
    }
  }

  function openFrames(
    of: LogOf,
    begin: { backBytes: number; from: string | null },
    signal: AbortSignal,
  ): Promise<AsyncGenerator<LogFrame>> {
    const fromFile = async (path: string) => {
      // whether it may be read shows before the answer begins
      const file = await openLogFile(path).catch((error) => (isAbsent(error) ? null : Promise.reject(error)));
      await file?.handle.close();
      return followFile({ path: () => currentPath(of), ...begin, signal });
    };
    return whereMay(pathOf(places, of), fromFile, async () => {
      if (server === null)
        throw new MultivisorError("HOST_UNREACHABLE", "Cannot ask supervisord for the log: it has no server");
      const body = await openLogTail(server, of, signal);
      const log = await openRpcLog(rpc, of).catch(() => null);
      return tailFrames(body, { size: log?.size ?? 0, aliveMs: HEARTBEAT_MS });
    });
  }

  const currentPath = (of: LogOf): string | null => {
    try {
      return pathOf(places, of);
    } catch {
      return null;
    }
  };

  return (request, url) => {
    const of = parseLogOf(url.searchParams);
    switch (url.pathname) {
      case "/v1/log/page":
        return page(of, url);
      case "/v1/log/follow":
        return follow(of, url);
      case "/v1/log/whole":
        return whole(of, request);
      case "/v1/log/search":
        return search(of, url, request.signal);
      default:
        throw new MultivisorError("BAD_NAME", `Cannot ${request.method} ${url.pathname}: there is no such thing here`);
    }
  };
}

/** @throws MultivisorError BAD_REQUEST */
function cursorOf(text: string | null): string | null {
  if (text === null || isCursor(text)) return text;
  throw new MultivisorError("BAD_REQUEST", "Cannot read from: a cursor expected");
}

const isAbsent = (error: unknown): boolean => error instanceof MultivisorError && error.code === "NO_LOG";

/** @throws MultivisorError BUSY */
function seat(seats: ReturnType<typeof createSeats>, what: string): () => void {
  const leave = seats.take();
  if (leave === null) throw new MultivisorError("BUSY", `Cannot serve more ${what} of logs now: try again in a moment`);
  return leave;
}

async function seated<T>(seats: ReturnType<typeof createSeats>, what: string, act: () => Promise<T>): Promise<T> {
  const leave = seat(seats, what);
  return act().finally(leave);
}

function parseLogOf(parameters: URLSearchParams): LogOf {
  const channel = parameters.get("channel");
  if (channel === "main") return { kind: "main" };
  const [group, name, ...rest] = (parameters.get("log") ?? "").split(":");
  if ((channel !== "stdout" && channel !== "stderr") || !group || !name || rest.length > 0)
    throw new MultivisorError(
      "BAD_REQUEST",
      "Cannot tell which log: log=<group>:<name> and channel=stdout or stderr expected",
    );
  return { kind: "process", namespec: `${group}:${name}`, channel };
}
