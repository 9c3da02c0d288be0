import { afterAll, describe, expect, test } from "bun:test";
import { openZerorpc, type ZerorpcClient } from "./zerorpc-client.ts";
import { serveZerorpc, type ZerorpcService } from "./zerorpc-server.ts";

const ends: (() => unknown)[] = [];
afterAll(() => Promise.all(ends.map((end) => end())));

const LOCAL = { hostname: "127.0.0.1", connectTimeoutMs: 2_000 };

async function pair(service: Partial<ZerorpcService>, heartbeatMs?: number) {
  const whole: ZerorpcService = {
    ...{ call: () => null, stream: () => undefined },
    raised: (error) => ["Exception", String(error instanceof Error ? error.message : error), ""],
    ...service,
  };
  const beats = heartbeatMs === undefined ? {} : { heartbeatMs };
  const server = await serveZerorpc(whole, { hostname: LOCAL.hostname, port: 0, ...beats });
  const client = await openZerorpc({ ...LOCAL, port: server.port, ...beats });
  ends.push(client.close, server.close);
  return { server, client };
}

const collect = (client: ZerorpcClient, method: string, count: number): Promise<unknown[]> =>
  new Promise((resolve, reject) => {
    const items: unknown[] = [];
    const stream = client.stream(method, [], (item) => {
      items.push(item);
      if (items.length < count) return;
      stream.close();
      resolve(items);
    });
    stream.ended.catch(reject);
  });

describe("a zerorpc server", () => {
  test("answers calls, and what they throw", async () => {
    const { client } = await pair({
      call(method, args) {
        if (method === "add") return Number(args[0]) + Number(args[1]);
        throw new Error(`no ${method}`);
      },
    });
    expect(await client.call("add", [1, 2], 2_000)).toBe(3);
    await expect(client.call("fly", [], 2_000)).rejects.toMatchObject({ kind: "Exception", message: "no fly" });
  });

  test("sends no more of a stream than there is room for, and all of it in order", async () => {
    const numbers = Array.from({ length: 1_000 }, (_, i) => i);
    const { client } = await pair({
      stream: () => (send) => {
        for (const n of numbers) send(n);
        return () => {};
      },
    });
    expect(await collect(client, "numbers", numbers.length)).toEqual(numbers);
  });

  test("ends a stream whose reader has closed its connection", async () => {
    const ended = Promise.withResolvers<void>();
    const { client } = await pair({
      stream: () => (send) => {
        send("hello");
        return ended.resolve;
      },
    });
    await collect(client, "forever", 1);
    client.close();
    await ended.promise;
  });

  test("sends no heartbeat while it is held, and is taken for lost by that", async () => {
    const { server, client } = await pair({ call: () => new Promise(() => {}) }, 20);
    const answer = client.call("wait", [], 5_000);
    server.hold(true);
    await expect(answer).rejects.toMatchObject({ name: "ZerorpcLostRemote" });
  });
});
