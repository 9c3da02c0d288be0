/**
 * Ten thousand connections that are open and ask nothing, a thousand streams that are read by nobody, and a thousand
 * connections that never finish their request: what each costs the hub, and how long a normal request takes meanwhile.
 * `bun run bench connections`; needs supervisord and a built binary.
 */
import { connect, type Socket } from "node:net";
import { startHub, type TestHub } from "../test/support/hub.ts";
import { rssMb } from "../test/support/process-figures.ts";
import { startSupervisord } from "../test/support/supervisord.ts";
import { openTestPlace, type TestPlace } from "../test/support/test-place.ts";
import { type Bench, bench } from "./support/bench.ts";

const IDLE = 10_000;
const STREAMS = 1_000;
const SLOW = 1_000;
const ASKED = 200;
const MOST_KIB_EACH = 64;

const opened = (port: number, first: string | null): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      if (first !== null) socket.write(first);
      // Nothing is read: the hub must bear that.
      socket.pause();
      resolve(socket);
    });
    socket.on("error", reject);
  });

async function many(count: number, port: number, first: string | null): Promise<Socket[]> {
  const sockets: Socket[] = [];
  for (let i = 0; i < count; i += 250) {
    const some = Array.from({ length: Math.min(250, count - i) }, () => opened(port, first));
    sockets.push(...(await Promise.all(some)));
  }
  return sockets;
}

async function answerMs(hub: TestHub): Promise<number> {
  const start = performance.now();
  const answer = await hub.get("/api/data");
  if (!answer.ok) throw new Error(`the hub answered ${answer.status}`);
  await answer.arrayBuffer();
  return performance.now() - start;
}

async function measure(b: Bench, place: TestPlace): Promise<void> {
  const host = await startSupervisord(place, { name: "lid001", programs: "[program:a]\ncommand=/bin/sleep 1000\n" });
  const hub = await startHub(place, { supervisors: [host] });
  await hub.live("lid001");
  let before = 0;
  const figures = async (what: string, count: number) => {
    const took = await b.repeat(ASKED, () => answerMs(hub), ASKED);
    const rss = rssMb(hub.pid());
    b.figure(`${what}: memory`, "MB", rss);
    if (count > 0) b.figure(`${what}: each`, "KiB", ((rss - before) * 1_024) / count, { atMost: MOST_KIB_EACH });
    b.figure(`${what}: /api/data`, "ms", took);
    before = rss;
  };
  await figures("nobody", 0);
  const sockets: Socket[] = [];
  const add = async (what: string, count: number, first: string | null) => {
    sockets.push(...(await many(count, hub.port, first)));
    await figures(what, count);
  };
  await add("streams that nobody reads", b.size(STREAMS, 20), "GET /api/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  await add("requests that never end", b.size(SLOW, 20), "GET /api/data HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ");
  await add("connections that ask nothing", b.size(IDLE, 20), null);
  for (const socket of sockets) socket.destroy();
  await figures("all of them gone", 0);
  const warnings = hub
    .log()
    .split("\n")
    .filter((line) => / (WARN|ERROR) /.test(line)).length;
  b.figure("warnings in the hub's log", "", warnings);
}

await bench(import.meta.path, async (b) => {
  const place = openTestPlace();
  await measure(b, place).finally(() => place.close());
});
