import { createServer } from "node:net";

/** Below those that systems give to connections that go out (Linux from 32,768 on), which would take it in between. */
const FIRST_PORT = 20_000;
const PORTS = 12_000;
const MOST_TRIES = 100;

/** @throws the system's error (code EADDRINUSE) where the port is taken */
export const probePort = (hostname: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ host: hostname, port, exclusive: true }, () => server.close(() => resolve()));
  });

/** A port that was free a moment ago. @throws the system's error where none can be had */
export async function freePort(hostname = "127.0.0.1"): Promise<number> {
  for (let tries = 1; ; tries++) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS);
    try {
      await probePort(hostname, port);
      return port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE" || tries === MOST_TRIES) throw error;
    }
  }
}

/** As many different free ports of 127.0.0.1. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}
