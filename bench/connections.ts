/**
 * Ten thousand connections that are open and ask nothing, a thousand streams that are read by nobody, and a thousand
 * connections that never finish their request: what each costs the hub, and how long a normal request takes meanwhile.
 * `bun bench/connections.ts [idle]`; needs a built binary.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { startHub, type TestHub } from "../test/support/hub.ts";
import { rssMb } from "../test/support/process-figures.ts";
import { startSupervisord } from "../test/support/supervisord.ts";
import { openTestPlace } from "../test/support/test-place.ts";

const IDLE = Number(process.argv[2] ?? 10_000);
const STREAMS = Math.min(1_000, IDLE);
const SLOW = Math.min(1_000, IDLE);
const ASKED = 200;

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

async function answerMs(hub: TestHub): Promise<{ median: number; worst: number }> {
  const took: number[] = [];
  for (let i = 0; i < ASKED; i++) {
    const start = performance.now();
    const answer = await hub.get("/api/data");
    if (!answer.ok) throw new Error(`the hub answered ${answer.status}`);
    await answer.arrayBuffer();
    took.push(performance.now() - start);
  }
  took.sort((a, b) => a - b);
  return { median: took[Math.floor(ASKED / 2)] ?? 0, worst: took.at(-1) ?? 0 };
}

const place = openTestPlace();
try {
  const host = await startSupervisord(place, { name: "lid001", programs: "[program:a]\ncommand=/bin/sleep 1000\n" });
  const hub = await startHub(place, { supervisors: [host] });
  await hub.live("lid001");
  const rows: Record<string, number | string>[] = [];
  let before = 0;
  const row = async (what: string, count: number) => {
    await answerMs(hub);
    const [rss, { median, worst }] = [rssMb(hub.pid()), await answerMs(hub)];
    const each = count === 0 ? 0 : ((rss - before) * 1_024) / count;
    before = rss;
    rows.push({
      ...{ what, count, rssMb: Math.round(rss), kibEach: Math.round(each * 10) / 10 },
      ...{ medianMs: Math.round(median * 100) / 100, worstMs: Math.round(worst * 100) / 100 },
    });
  };
  await row("nobody", 0);
  const streams = await many(STREAMS, hub.port, "GET /api/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  await row("streams that nobody reads", STREAMS);
  const slow = await many(SLOW, hub.port, "GET /api/data HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ");
  await row("requests that never end", SLOW);
  const idle = await many(IDLE, hub.port, null);
  await row("connections that ask nothing", IDLE);
  for (const socket of [...streams, ...slow, ...idle]) socket.destroy();
  await row("all of them gone", 0);
  console.table(rows);
  const warnings = hub
    .log()
    .split("\n")
    .filter((line) => / (WARN|ERROR) /.test(line)).length;
  console.log(`${warnings} lines of warning in the hub's log`);
  mkdirSync(`${import.meta.dir}/results`, { recursive: true });
  writeFileSync(`${import.meta.dir}/results/connections.json`, `${JSON.stringify({ rows, warnings }, null, 2)}\n`);
} finally {
  await place.close();
}
