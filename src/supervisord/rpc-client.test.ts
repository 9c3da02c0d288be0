import { afterEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRpc } from "./rpc-client.ts";
import { encodeResponse } from "./xmlrpc-encode.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

function serve(answer: (request: Request) => Response | Promise<Response>) {
  const folder = mkdtempSync(join(tmpdir(), "rpc-"));
  const server = Bun.serve({ unix: join(folder, "s"), fetch: answer });
  cleanups.push(
    () => server.stop(true),
    () => rmSync(folder, { recursive: true }),
  );
  return `unix://${join(folder, "s")}`;
}

describe("a call to supervisord", () => {
  test("has a body of known length and the credentials", async () => {
    let seen: [string | null, string | null] = [null, null];
    const serverUrl = serve((request) => {
      seen = [request.headers.get("content-length"), request.headers.get("authorization")];
      return new Response(encodeResponse("4.2.5"));
    });
    const rpc = createRpc({ serverUrl, username: "user", password: "pä:ss" });
    expect(await rpc("supervisor.getSupervisorVersion")).toBe("4.2.5");
    expect(seen).toEqual([expect.stringMatching(/^\d+$/), `Basic ${Buffer.from("user:pä:ss").toString("base64")}`]);
  });
  test.each([
    [401, "UNAUTHORIZED", /SUPERVISOR_USERNAME/],
    [500, "FAILED", /supervisord's own log says why/],
    [404, "BAD_WIRE", /HTTP 404/],
  ])("HTTP %d is %s", async (status, code, message) => {
    const rpc = createRpc({ serverUrl: serve(() => new Response("", { status })) });
    const error = await rpc("supervisor.getPID").catch((e) => e);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  });
  test("a socket that is not there is a host that cannot be reached", async () => {
    const error = await createRpc({ serverUrl: "unix:///nowhere/s.sock" })("supervisor.getPID").catch((e) => e);
    expect(error).toMatchObject({
      code: "HOST_UNREACHABLE",
      message: expect.stringMatching(/^Cannot reach supervisord at unix:\/\/\/nowhere[^\n]+$/),
    });
  });
  test("an answer that does not come ends with its deadline", async () => {
    const rpc = createRpc({ serverUrl: serve(() => new Promise<Response>(() => {})), timeoutMs: 50 });
    expect(await rpc("supervisor.startProcess", "a:b").catch((e) => e)).toMatchObject({ code: "TIMEOUT" });
  });
  test("an answer that is too big is not read", async () => {
    const rpc = createRpc({ serverUrl: serve(() => new Response("x".repeat(2_000))), maxAnswerBytes: 1_000 });
    expect(await rpc("supervisor.getPID").catch((e) => e)).toMatchObject({ code: "BAD_WIRE" });
  });
  test("is never made twice, also where supervisord hangs up without an answer", async () => {
    let requests = 0;
    const answer = encodeResponse(true);
    const http = `HTTP/1.1 200 OK\r\nContent-Length: ${answer.length}\r\nConnection: keep-alive\r\n\r\n${answer}`;
    const server = Bun.listen({
      hostname: "127.0.0.1",
      port: 0,
      socket: {
        data(socket) {
          requests += 1;
          if (requests === 1) socket.write(http);
          else socket.end();
        },
      },
    });
    cleanups.push(() => server.stop(true));
    const rpc = createRpc({ serverUrl: `http://127.0.0.1:${server.port}` });
    expect(await rpc("supervisor.restart")).toBe(true);
    expect(await rpc("supervisor.restart").catch((e) => e)).toMatchObject({ code: "HOST_UNREACHABLE" });
    expect(requests).toBe(2);
  });
});
