import { afterEach, expect, test } from "bun:test";
import { createServer, type Socket } from "node:net";
import { selfSignedCertificate } from "../../lib/self-signed-certificate.ts";
import { detectPeer } from "./detect-peer.ts";

const servers: { close(): unknown }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** @returns where it listens */
async function serve(onConnection: (socket: Socket) => void): Promise<{ hostname: string; port: number }> {
  const server = createServer(onConnection);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return { hostname: "127.0.0.1", port: typeof address === "object" && address !== null ? address.port : 0 };
}

async function serveTls() {
  const { certificate, key } = selfSignedCertificate(["127.0.0.1"], Date.now());
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    tls: { cert: certificate, key },
    fetch: () => new Response("agent"),
  });
  servers.push({ close: () => void server.stop(true) });
  return { hostname: "127.0.0.1", port: server.port ?? 0 };
}

const GREETING = Uint8Array.of(0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f);

test("who greets at once as ZeroMQ does is an agent of Multivisor 6", async () => {
  expect(await detectPeer(await serve((socket) => void socket.write(GREETING)))).toBe("zerorpc");
});

test("who greets only after it was asked as a browser asks is one all the same", async () => {
  const late = await serve((socket) => socket.once("data", () => socket.write(GREETING)));
  expect(await detectPeer(late)).toBe("zerorpc");
});

test("who waits to be asked, and speaks HTTP then, is an agent of ours", async () => {
  const agent = await serve((socket) => socket.once("data", () => socket.write("HTTP/1.1 404 Not Found\r\n\r\n")));
  expect(await detectPeer(agent)).toBe("agent");
});

test.each([
  ["who closes at once", () => serve((socket) => void socket.end()), "closed the connection before it said anything"],
  ["who speaks TLS", serveTls, "it speaks TLS: set tls=true"],
])("%s is nobody's agent, and why is said", async (_, begin, reason) => {
  await expect(detectPeer(await begin())).rejects.toThrow(reason);
});

test("who says something else is nobody's agent", async () => {
  const ssh = await serve((socket) => void socket.write("SSH-2.0-x\r\n"));
  await expect(detectPeer(ssh)).rejects.toThrow("is no agent");
});
