import { afterEach } from "bun:test";
import type { JournalEntry } from "../../src/domain/journal-entry.ts";
import { createFleet } from "../../src/hub/fleet.ts";
import type { FleetChange } from "../../src/hub/fleet-change.ts";
import { createAgentHttp } from "../../src/hub/links/agent-http.ts";
import { createAgentLink } from "../../src/hub/links/agent-link.ts";
import { createLogger } from "../../src/lib/logger.ts";
import { sseFrame } from "../../src/lib/sse-frame.ts";
import { until } from "../../src/lib/until.ts";
import { type Cursor, type Failure, PROTOCOL_VERSION } from "../../src/protocol/agent.ts";
import { processInfo, supervisorFacts, transition } from "../fixtures.ts";

export const hello = (more: object = {}) => ({
  protocol: PROTOCOL_VERSION,
  agentVersion: "7.0.0",
  epoch: "e1",
  stream: "s1",
  oldestSeq: 1,
  newestSeq: 0,
  nowMs: Date.now(),
  agent: { group: "multivisor", name: "multivisor" },
  ...more,
});
export const snapshot = (seq: number, more = {}) => ({
  seq,
  nowMs: 1,
  supervisor: supervisorFacts(),
  processes: [processInfo(more)],
});
export const frame = (event: string, data: object) =>
  sseFrame({ event, data: typeof data === "string" ? data : JSON.stringify(data) });
export const entry = (seq: number, toState: Parameters<typeof transition>[0], more = {}) =>
  frame("entry", transition(toState, { seq, ...more }));

type Streams = readonly (string | Uint8Array | Response)[];
type Options = {
  readonly token?: string;
  readonly cursor?: Cursor;
  readonly heartbeatMs?: number;
  /** to our heartbeats */
  readonly alive?: Response;
};

/** for what is to come, however busy the machine is */
const WAIT_MS = 30_000;

/** Links to peers that play an agent, which end with each test of the file that calls this. */
export function linkedAgents() {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });
  return (streams: Streams, options: Options = {}) => linkTo((end) => ends.push(end), streams, options);
}

/**
 * A link to a peer that answers each connection with the next of `streams` (the last one again and again), to test what a link
 * makes of any peer.
 * @param toEnd is called when the test has ended
 */
function linkTo(toEnd: (end: () => unknown) => void, streams: Streams, options: Options) {
  const failures: Failure[] = [];
  const asked: string[] = [];
  let connections = 0;
  let send = (_: string) => {};
  const server = Bun.serve({
    port: 0,
    idleTimeout: 0,
    async fetch(request) {
      const path = new URL(request.url).pathname;
      asked.push(
        path === "/v1/stream" ? `stream ${request.headers.get("last-event-id")}` : `${path} ${await request.text()}`,
      );
      if (path === "/v1/alive") return options.alive?.clone() ?? Response.json({ nowMs: Date.now() });
      if (path === "/v1/refresh") return Response.json({ seq: 0 });
      if (path === "/v1/command") return Response.json({ results: [{ ok: true }] });
      const stream = streams[Math.min(connections++, streams.length - 1)] ?? "";
      if (stream instanceof Response) return stream.clone();
      const isLast = connections >= streams.length;
      return new Response(
        new ReadableStream({
          start(controller) {
            send = (text) => controller.enqueue(text);
            controller.enqueue(stream);
            if (!isLast) controller.close();
          },
        }),
        { headers: { "content-type": "text/event-stream" } },
      );
    },
  });
  const fleet = createFleet({ nowMs: Date.now, hidesAgents: () => false });
  fleet.configure([{ name: "lid001", url: "lid001:9002", host: "lid001", linkKind: "agent" }]);
  const changes: FleetChange[] = [];
  fleet.subscribe((change) => changes.push(change));
  const written: [string, number][] = [];
  const history = {
    append: (_: string, epoch: string, entries: readonly JournalEntry[]) =>
      void entries.forEach((e) => void written.push([epoch, e.seq])),
    cursor: () => {
      const last = written.at(-1);
      return last === undefined ? (options.cursor ?? null) : { epoch: last[0], seq: last[1] };
    },
    lastKnownMs: () => null,
  };
  const log: string[] = [];
  const link = createAgentLink({
    name: "lid001",
    http: createAgentHttp(
      { hostname: "127.0.0.1", port: server.port ?? 0 },
      { token: options.token ?? null, tls: null },
    ),
    report: fleet.report("lid001"),
    history,
    log: createLogger("DEBUG", (line) => log.push(line)),
    nowMs: Date.now,
    onFailure: (failure) => failures.push(failure),
    ...(options.heartbeatMs === undefined ? {} : { heartbeatMs: options.heartbeatMs }),
  });
  const controller = new AbortController();
  const running = link.run(controller.signal);
  toEnd(async () => {
    controller.abort();
    await server.stop(true);
    await running;
  });
  const become = (isTrue: () => boolean) => until((l) => fleet.subscribe(l), isTrue, AbortSignal.timeout(WAIT_MS));
  const supervisor = () => fleet.supervisors().get("lid001");
  const states = () => changes.flatMap((c) => (c.kind === "transition" ? [c.transition.toState] : []));
  const reason = () => {
    const state = supervisor()?.link;
    return state?.status === "down" ? state.reason : "";
  };
  return {
    send: (text: string) => send(text),
    link,
    fleet,
    written,
    asked,
    failures,
    log,
    become,
    supervisor,
    states,
    reason,
  };
}

/** For what no change of the fleet announces. */
export async function pollFor(isTrue: () => boolean): Promise<boolean> {
  const deadline = AbortSignal.timeout(WAIT_MS);
  while (!isTrue() && !deadline.aborted) await new Promise((resolve) => setImmediate(resolve));
  return isTrue();
}
