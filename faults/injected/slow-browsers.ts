import { connect, type Socket } from "node:net";
import type { Fault } from "../fault.ts";

const EACH = 15;
const PATHS = ["/api/stream", "/live/groups", "/live/processes"];

/** Asks and never reads, nor goes. */
function neverReads(port: number, path: string): Socket {
  const socket = connect({ host: "127.0.0.1", port });
  socket.on("error", () => {});
  socket.pause();
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\naccept: text/event-stream\r\n\r\n`);
  return socket;
}

export const slowBrowsers: Fault = {
  name: "browsers look on and never read, and vanish",
  parts: ["browsers"],
  tells: null, // nobody has to wait for them, so nobody has to know
  async happen({ hub }, dice) {
    const sockets = PATHS.flatMap((path) => Array.from({ length: EACH }, () => neverReads(hub.port, path)));
    await Bun.sleep(dice.between(3_000, 7_000));
    for (const socket of sockets) dice.between(0, 2) === 0 ? socket.destroy() : socket.resetAndDestroy();
  },
};
