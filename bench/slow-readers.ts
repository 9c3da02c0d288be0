/**
 * A thousand readers of /api/stream that never read, beside one that does: what each costs the hub while nothing happens,
 * and how late things reach the one that reads, with and without the others. `bun run bench slow-readers`; needs a built binary.
 */
import { connect, type Socket } from "node:net";
import { type HubMember, startHub, type TestHub } from "../test/support/hub.ts";
import { openTestPlace } from "../test/support/test-place.ts";
import { waitFor } from "../test/support/wait-for.ts";
import { bench } from "./support/bench.ts";
import { type Client, startClient } from "./support/client.ts";
import { memoryMb } from "./support/cost.ts";

const REQUEST = "GET /api/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
/** Until a burst's garbage is collected, and until what is opened has its memory. */
const SETTLE_MS = 5_000;

type Got = { readonly arrived: number; readonly p99Ms: number };

const neverReading = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(REQUEST);
      socket.pause();
      resolve(socket);
    });
    socket.on("error", reject);
  });

async function lateness(hub: TestHub, agents: Client, perS: number, seconds: number) {
  const reader = startClient("counting-readers.ts", `${hub.url}/api/stream`, 1);
  try {
    await reader.ready;
    const sent = await agents.ask<number>({ rate: perS, seconds });
    const all = async () => (await reader.ask<Got>("look")).arrived >= sent;
    await waitFor("all to arrive", all, 60_000).catch(() => {});
    return { sent, ...(await reader.ask<Got>("take")) };
  } finally {
    await reader.close();
  }
}

await bench(import.meta.path, async (b) => {
  const place = openTestPlace();
  const agents = startClient("prepared-agents.ts", 10, 50);
  const slow: Socket[] = [];
  try {
    const ports = (await agents.ready) as readonly number[];
    const supervisors: HubMember[] = ports.map((agentPort, i) => ({ name: `host${i}`, agentPort }));
    const hub = await startHub(place, { supervisors });
    await hub.live(...supervisors.map(({ name }) => name));
    const [perS, seconds, count] = [b.size(2_000, 200), b.size(4, 0.2), b.size(1_000, 10)];
    const alone = await b.repeat(3, () => lateness(hub, agents, perS, seconds));
    await Bun.sleep(b.size(SETTLE_MS, 0));
    const before = memoryMb(hub.pid());
    while (slow.length < count) slow.push(await neverReading(hub.port));
    await Bun.sleep(b.size(SETTLE_MS, 0));
    const idle = memoryMb(hub.pid());
    const beside = await b.repeat(3, () => lateness(hub, agents, perS, seconds), 0);
    const each = ((idle.rssMb - before.rssMb) * 1_024) / count;
    b.figure("a reader that never reads, nothing happens", "KiB", each, { atMost: 64 });
    b.figure(
      "lateness alone, p99",
      "ms",
      alone.map(({ p99Ms }) => p99Ms),
    );
    b.figure(
      "lateness beside them, p99",
      "ms",
      beside.map(({ p99Ms }) => p99Ms),
      { atMost: 250 },
    );
    const lost = beside.reduce((sum, { sent, arrived }) => sum + sent - arrived, 0);
    b.must("lost to the one that reads", "", lost, { atMost: 0 });
    b.note(
      "The greatest is the first run beside them: then the kernel still takes for them what it takes for one that reads.",
    );
    b.figure("memory before", "MB", before.rssMb);
    b.figure("memory afterwards", "MB", memoryMb(hub.pid()).rssMb);
  } finally {
    for (const socket of slow) socket.destroy();
    await agents.close();
    await place.close();
  }
});
