import { connect, type Socket } from "node:net";
import { waitFor } from "../../test/support/wait-for.ts";
import type { Fault } from "../fault.ts";

const LIMIT = 64;
const VISITORS = 100;

function limit(pid: number, files: string): void {
  const done = Bun.spawnSync(["prlimit", "--pid", String(pid), `--nofile=${files}`]);
  if (done.exitCode !== 0) throw new Error(done.stderr.toString());
}

function visit(port: number): Socket {
  const socket = connect({ host: "127.0.0.1", port });
  socket.on("error", () => {});
  socket.on("connect", () => socket.write("GET /api/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
  return socket;
}

export const fewFiles: Fault = {
  name: "the hub may open no more than 64 files, and many visitors come",
  parts: ["hub", "browsers"],
  tells: { log: "hub", line: /^WARN \d+ of 64 files and connections are open: raise LimitNOFILE/ },
  mostLines: 60, // each host is said to be down once, for a reason that may change
  async happen({ hub }) {
    const pid = hub.pid();
    const before = /^Max open files\s+(\d+)\s+(\d+)/m.exec(await Bun.file(`/proc/${pid}/limits`).text());
    const lines = () => hub.log().match(/of 64 files and connections are open: raise/g)?.length ?? 0;
    const told = lines();
    limit(pid, `${LIMIT}:`);
    const visitors = Array.from({ length: VISITORS }, () => visit(hub.port));
    await waitFor("the hub to say that files run out", () => lines() > told, 30_000);
    for (const socket of visitors) socket.destroy();
    limit(pid, `${before?.[1] ?? 1_024}:`);
  },
};
