import { createServer } from "node:net";

/** Below those that systems give to connections that go out (Linux from 32,768 on), which would take it in between. */
const FIRST_PORT = 20_000;
const PORTS = 12_000;
const MOST_TRIES = 100;

/** @returns the port. @throws the system's error (code EADDRINUSE) where it is taken */
export const probePort = (hostname: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ host: hostname, port, exclusive: true }, () => server.close(() => resolve(port)));
  });

/** A port that was free a moment ago. @throws the system's error where none can be had */
export async function freePort(hostname = "127.0.0.1"): Promise<number> {
  for (let tries = 1; ; tries++) {
    try {
      return await probePort(hostname, FIRST_PORT + Math.floor(Math.random() * PORTS));
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
