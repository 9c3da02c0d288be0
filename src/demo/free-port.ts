import { createServer } from "node:net";

/**
 * @param port 0: any
 * @returns the port, which was free a moment ago
 * @throws the system's error (code EADDRINUSE) where it is taken
 */
export const probePort = (hostname: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ host: hostname, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : port));
    });
  });

/** As many different free ports of 127.0.0.1. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await probePort("127.0.0.1", 0));
  return [...ports];
}
