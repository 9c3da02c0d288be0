import { connect, createServer, type Socket } from "node:net";
import type { TestPlace } from "./test-place.ts";

export type Relay = {
  readonly port: number;
  /** From now on; open connections are cut. */
  readonly to: (port: number) => void;
};

/** A way from one port to another that can be bent. */
export async function startRelay(place: TestPlace, target: number, host = "127.0.0.1"): Promise<Relay> {
  let current = target;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    return socket;
  };
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((from) => {
    const to = keep(connect({ host: "127.0.0.1", port: current }));
    keep(from).pipe(to).pipe(from);
    from.on("close", () => to.destroy());
    to.on("close", () => from.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  place.defer(() => {
    cut();
    server.close();
  });
  return {
    port: (server.address() as { port: number }).port,
    to(port) {
      current = port;
      cut();
    },
  };
}
