import { type ErrorCode, MultivisorError, messageOf } from "../domain/errors.ts";
import { notPermitted, type Right, runPermitted } from "../domain/rights.ts";
import type { Logger } from "../lib/logger.ts";
import type { Call } from "../protocol/agent.ts";
import { HEARTBEAT_MS, SILENCE_MS } from "../protocol/agent-constants.ts";
import { parseCursor } from "../protocol/cursor.ts";
import type { Agent } from "./agent.ts";
import { parseCommand } from "./command-check.ts";
import { type EntryStream, entryStream } from "./entry-stream.ts";
import type { LogDoor } from "./logs/log-door.ts";
import { rightOfPath } from "./right-of-path.ts";
import { createTokenGuard } from "./token-guard.ts";
import { withoutLogs } from "./without-logs.ts";

export const MAX_BODY_BYTES = 1_024 * 1_024;
const MAX_STREAMS = 16;

export type HttpApp = {
  /** For Bun.serve, which has to be told that a stream may be silent for longer than its idleTimeout. */
  readonly fetch: (request: Request, server?: Connections) => Promise<Response>;
  readonly close: () => void;
};

/** The part of Bun.serve's Server that is used. */
type Connections = {
  readonly timeout: (request: Request, seconds: number) => void;
  readonly requestIP: (request: Request) => { readonly address: string } | null;
};

type OpenStream = EntryStream & { aliveMs: number };

/** The contract of protocol/agent.ts. */
export function createHttpApp(deps: {
  readonly agent: Agent;
  /** null: no token is asked for */
  readonly token: string | null;
  /** what hubs may do here */
  readonly allows: readonly Right[];
  /** what begins with /v1/log/; none: there is no such thing here */
  readonly logs?: LogDoor;
  readonly now: () => number;
  readonly log: Logger;
}): HttpApp {
  const { agent, allows, now, log } = deps;
  const guard = createTokenGuard(deps);
  const streams = new Map<string, OpenStream>();

  const beat = setInterval(() => {
    for (const stream of [...streams.values()]) {
      if (performance.now() - stream.aliveMs > SILENCE_MS) stream.close();
      else stream.heartbeat();
    }
  }, HEARTBEAT_MS);

  const openStream = (request: Request): Response => {
    if (streams.size >= MAX_STREAMS)
      throw new MultivisorError("FORBIDDEN", `Cannot open another stream: ${MAX_STREAMS} are open already`);
    const id = crypto.randomUUID();
    const fromSeq = startOf(agent, request.headers.get("last-event-id"));
    const hello = () => ({ ...agent.hello(id), asksToken: deps.token !== null, allow: [...allows] });
    const show = allows.includes("logs") ? undefined : withoutLogs;
    const stream = entryStream({ agent, hello, fromSeq, ...(show && { show }) }, () => {
      streams.delete(id);
      log.debug(`Stream ${id} ended`);
    });
    streams.set(id, { ...stream, aliveMs: performance.now() });
    return new Response(stream.body, { headers: STREAM_HEADERS });
  };

  const alive = async (request: Request): Promise<Response> => {
    const { stream } = (await readJson(request)) as { stream?: unknown };
    const open = typeof stream === "string" ? streams.get(stream) : undefined;
    if (open === undefined) throw new MultivisorError("BAD_NAME", "Cannot keep the stream alive: it is not open");
    open.aliveMs = performance.now();
    return Response.json({ nowMs: now() });
  };

  const route = async (request: Request, server?: Connections): Promise<Response> => {
    const url = new URL(request.url);
    const path = url.pathname;
    if (path === "/" && request.method === "GET") return new Response(ABOUT);
    if (request.headers.has("origin"))
      throw new MultivisorError("FORBIDDEN", "Cannot serve a web page: agents speak with hubs only");
    await guard.admit(request.headers.get("authorization"), server?.requestIP(request)?.address ?? "");
    const right = rightOfPath(path);
    if (right !== null && !allows.includes(right))
      throw new MultivisorError("FORBIDDEN", `Cannot serve ${path}: ${notPermitted(right)}`);
    if (deps.logs !== undefined && path.startsWith("/v1/log/") && request.method === "GET") {
      server?.timeout(request, 0);
      return deps.logs(request, url);
    }
    switch (`${request.method} ${path}`) {
      case "GET /v1/stream":
        server?.timeout(request, 0);
        return openStream(request);
      case "POST /v1/alive":
        return alive(request);
      case "POST /v1/refresh":
        return Response.json({ seq: await agent.refresh() });
      case "POST /v1/command": {
        const command = parseCommand(await readJson(request));
        const run = (calls: readonly Call[]) => agent.command({ ...command, calls: [...calls] });
        return Response.json({ results: await runPermitted(allows, command.calls, run) });
      }
      default:
        throw new MultivisorError("BAD_NAME", `Cannot ${request.method} ${path}: there is no such thing here`);
    }
  };

  return {
    fetch: (request, server) => route(request, server).catch(errorResponse),
    close() {
      clearInterval(beat);
      guard.close();
      for (const stream of [...streams.values()]) stream.close();
    },
  };
}

const ABOUT = "This is an agent of Multivisor. Give its address to a hub: multivisor hub -c multivisor.conf\n";
const STREAM_HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
  "x-accel-buffering": "no",
};

/** A cursor of another journal, or none: from the beginning. */
function startOf(agent: Agent, lastEventId: string | null): number {
  const cursor = parseCursor(lastEventId ?? "");
  if (cursor === null || cursor.epoch !== agent.epoch) return 0;
  return Math.min(cursor.seq, agent.newestSeq());
}

async function readJson(request: Request): Promise<object> {
  const text = await request.text();
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null) return body;
  } catch {
    // said below
  }
  throw new MultivisorError("BAD_REQUEST", "Cannot read the request: a JSON object expected");
}

const STATUS: Partial<Record<ErrorCode, number>> = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  BAD_NAME: 404,
  NO_LOG: 404,
  BUSY: 503,
  BAD_WIRE: 502,
  HOST_UNREACHABLE: 502,
  SHUTDOWN_STATE: 503,
  TIMEOUT: 504,
};

function errorResponse(error: unknown): Response {
  const code = error instanceof MultivisorError ? error.code : "FAILED";
  return Response.json({ code, message: messageOf(error) }, { status: STATUS[code] ?? 500 });
}
