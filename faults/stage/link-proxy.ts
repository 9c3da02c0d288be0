import { connect, createServer, type Socket } from "node:net";
import type { TestPlace } from "../../test/support/test-place.ts";

/** What happens to a chunk of bytes on its way: what goes on instead, or the end of the connection. */
export type Weather = (bytes: Buffer, toHub: boolean) => Buffer | "cut" | "reset" | Promise<Buffer>;

export type LinkProxy = {
  readonly port: number;
  /** From now on, for open connections as for new ones; null: fine. */
  readonly weather: (weather: Weather | null) => void;
  /** Ends every connection that is open: with a FIN, or with an RST. */
  readonly end: (how: "cut" | "reset") => void;
  /** New connections are refused while false. */
  readonly open: (isOpen: boolean) => void;
};

/** The way between a hub and an agent, in the hands of the test. */
export async function startLinkProxy(place: TestPlace, target: number): Promise<LinkProxy> {
  let weather: Weather | null = null;
  let isOpen = true;
  const sockets = new Set<Socket>();

  const end = (socket: Socket, how: "cut" | "reset") => (how === "cut" ? socket.destroy() : socket.resetAndDestroy());

  /** In order, however long the weather holds a chunk up. */
  function carry(from: Socket, to: Socket, toHub: boolean): void {
    let before: Promise<void> = Promise.resolve();
    from.on("data", (bytes: Buffer) => {
      from.pause();
      before = before.then(async () => {
        const outcome = weather === null ? bytes : await weather(bytes, toHub);
        if (typeof outcome === "string") for (const socket of [from, to]) end(socket, outcome);
        else if (!to.destroyed) to.write(outcome, () => from.resume());
      });
    });
    from.on("end", () => void before.then(() => to.end()));
    from.on("close", () => void before.then(() => to.destroy()));
    from.on("error", () => to.destroy());
  }

  const server = createServer({ allowHalfOpen: true }, (hub) => {
    if (!isOpen) return hub.resetAndDestroy();
    const agent = connect({ host: "127.0.0.1", port: target, allowHalfOpen: true });
    for (const socket of [hub, agent]) {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    }
    carry(hub, agent, false);
    carry(agent, hub, true);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endAll = (how: "cut" | "reset") => {
    for (const socket of sockets) end(socket, how);
  };
  place.defer(() => {
    endAll("cut");
    server.close();
  });
  return {
    port: (server.address() as { port: number }).port,
    weather(next) {
      weather = next;
    },
    end: endAll,
    open(next) {
      isOpen = next;
      if (!isOpen) endAll("reset");
    },
  };
}
