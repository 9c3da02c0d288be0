/**
 * Plays agents that do nothing but send, so that what is measured is the hub: `prepared-agents.ts HOSTS PROCESSES`, to
 * be spoken with by messages. Tells their ports; `{rate, seconds}` lets all of them together tell of so many transitions
 * a second, and is answered by how many there were. Each `atMs` is the moment of sending.
 */
import { sseFrame } from "../../src/lib/sse-frame.ts";
import { HEARTBEAT_MS, PROTOCOL_VERSION } from "../../src/protocol/agent-constants.ts";

const [hosts = 100, processes = 50] = process.argv.slice(2).map(Number);
const TICK_MS = 10;
const CYCLE = ["RUNNING", "STOPPING", "STOPPED", "STARTING"] as const;
const encoder = new TextEncoder();

const infoOf = (i: number) => ({
  ...{ group: `group${i % 7}`, name: `program${i}`, state: "RUNNING", pid: 1_000 + i },
  ...{ startMs: 1_764_000_000_000, stopMs: null, nowMs: Date.now(), exitstatus: 0, spawnerr: "" },
  description: `pid ${1_000 + i}, uptime 1:02:03`,
  stdoutLogfile: `/var/log/supervisor/program${i}-stdout---supervisor-x1y2z3.log`,
  stderrLogfile: `/var/log/supervisor/program${i}-stderr---supervisor-x1y2z3.log`,
  ...{ sinceMs: null, tries: null, expected: null },
});

function playAgent(host: number) {
  const epoch = crypto.randomUUID();
  const streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  let seq = 0;
  const all = Array.from({ length: processes }, (_, i) => infoOf(i));
  const steps = all.map(() => 0);
  const hello = () => ({
    ...{ protocol: PROTOCOL_VERSION, agentVersion: "7.0.0", epoch, stream: crypto.randomUUID() },
    ...{ oldestSeq: seq + 1, newestSeq: seq, nowMs: Date.now(), agent: { group: "multivisor", name: "multivisor" } },
  });
  const snapshot = () => ({
    ...{ seq, nowMs: Date.now(), processes: all },
    supervisor: {
      ...{ identification: `host${host}`, pid: 999, apiVersion: "3.0", supervisorVersion: "4.2.5", state: "RUNNING" },
    },
  });
  const first = () =>
    sseFrame({ event: "hello", data: JSON.stringify(hello()) }) +
    sseFrame({ event: "snapshot", data: JSON.stringify(snapshot()) });
  const server = Bun.serve({
    ...{ hostname: "127.0.0.1", port: 0, idleTimeout: 0 },
    fetch(request) {
      const { pathname } = new URL(request.url);
      if (pathname === "/v1/alive") return Response.json({ nowMs: Date.now() });
      if (pathname === "/v1/refresh") return Response.json({ seq });
      if (pathname !== "/v1/stream") return new Response("prepared\n");
      let own: ReadableStreamDefaultController<Uint8Array>;
      return new Response(
        new ReadableStream<Uint8Array>({
          start(controller) {
            own = controller;
            streams.add(own);
            own.enqueue(encoder.encode(first()));
          },
          cancel: () => void streams.delete(own),
        }),
      );
    },
  });
  const send = (text: string) => {
    const bytes = encoder.encode(text);
    for (const stream of streams) stream.enqueue(bytes);
  };
  const entry = (i: number): string => {
    const step = (steps[i] ?? 0) + 1;
    steps[i] = step;
    const [from, to] = [CYCLE[(step - 1) % 4], CYCLE[step % 4]];
    const pid = to === "STOPPED" || to === "STARTING" ? null : 1_000 + i;
    const tries = to === "STARTING" ? 0 : null;
    const id = ++seq;
    return `event: entry\nid: ${epoch}:${id}\ndata: {"kind":"transition","seq":${id},"atMs":${Date.now()},"group":"group${i % 7}","name":"program${i}","fromState":"${from}","toState":"${to}","pid":${pid},"expected":null,"tries":${tries},"sampled":false}\n\n`;
  };
  let next = 0;
  return {
    port: server.port,
    beat: () => send(":\n\n"),
    burst(count: number) {
      let text = "";
      for (let i = 0; i < count; i++) text += entry(next++ % processes);
      send(text);
    },
  };
}

const agents = Array.from({ length: hosts }, (_, i) => playAgent(i));
setInterval(() => {
  for (const agent of agents) agent.beat();
}, HEARTBEAT_MS);

async function burst(rate: number, seconds: number): Promise<number> {
  const began = performance.now();
  let sent = 0;
  for (let turn = 0; ; turn++) {
    const due = Math.floor(Math.min(seconds, (performance.now() - began) / 1_000) * rate);
    const now = due - sent;
    // As many hosts at a time as make it a few each: what happens on one host at a time is one answer of its socket.
    const some = Math.max(1, Math.min(hosts, Math.ceil(now / 8)));
    for (let i = 0; i < some; i++) {
      const share = Math.floor(((i + 1) * now) / some) - Math.floor((i * now) / some);
      if (share > 0) agents[(turn * some + i) % hosts]?.burst(share);
    }
    sent = due;
    if (performance.now() - began >= seconds * 1_000) return sent;
    await Bun.sleep(TICK_MS);
  }
}

process.send?.(agents.map(({ port }) => port));
process.on("message", async ({ rate, seconds }: { rate: number; seconds: number }) =>
  process.send?.(await burst(rate, seconds)),
);
process.on("disconnect", () => process.exit(0));
