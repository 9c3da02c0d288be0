import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { openTestPlace } from "../../../test/support/test-place.ts";
import { waitFor } from "../../../test/support/wait-for.ts";
import { createSimulatedHost, type SimulatedHost } from "../../demo/simulated/host.ts";
import { MultivisorError } from "../../domain/errors.ts";
import type { Namespec } from "../../domain/names.ts";
import type { LogOf } from "../../supervisord/logs/log-of.ts";
import { createAgentHttp } from "./agent-http.ts";
import { createAgentLogs } from "./agent-logs.ts";

const place = openTestPlace();
afterAll(() => place.close());

let host: SimulatedHost;
let of: LogOf;
const signal = new AbortController().signal;
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const logsOf = (port: number) =>
  createAgentLogs(createAgentHttp({ hostname: "127.0.0.1", port }, { token: null, tls: null }), () => {});
const logs = () => logsOf(Number(host.url().split(":").at(-1)));

beforeAll(async () => {
  const options = { processes: 3, dir: place.path("logs"), seed: 1, peculiar: false, offsetMs: 0 };
  host = await createSimulatedHost({ name: "sim001", link: "agent", ...options });
  place.defer(host.close);
  const [process] = host.matching("*").filter(({ program }) => program.group !== "multivisor");
  if (process === undefined) throw new Error("a host without processes");
  of = { kind: "process", namespec: `${process.program.group}:${process.program.name}` as Namespec, channel: "stdout" };
  host.logs.write(process, "stdout", "needle in the log\nthe last line\n");
  await waitFor("the agent to know its processes", () => logs().whole(of, new Headers(), signal));
});

describe("through the link to an agent a log", () => {
  test("comes page by page, with its place in the file", async () => {
    const page = await logs().page(of, { at: "end", unit: "lines", count: 1 }, signal);
    expect(text(page.bytes)).toBe("the last line\n");
  });
  test("comes whole, or the part of it that is asked for", async () => {
    const whole = await logs().whole(of, new Headers(), signal);
    const part = await logs().whole(of, new Headers({ range: "bytes=0-3" }), signal);
    const bytes = await whole.bytes();
    expect([whole.status, text(bytes).endsWith("the last line\n")]).toEqual([200, true]);
    expect([part.status, await part.text()]).toEqual([206, text(bytes.subarray(0, 4))]);
  });
  test("is searched", async () => {
    const query = { q: "NEEDLE", regex: false, caseSensitive: false, before: 0, after: 1, limit: 5, until: "" };
    const { matches } = await logs().search(of, query, signal);
    expect(JSON.stringify(matches)).toContain("needle in the log");
  });
  test("is followed from before its end", async () => {
    const end = new AbortController();
    const frames = await logs().follow(of, { backBytes: 14, from: null }, end.signal);
    const seen: string[] = [];
    for await (const frame of frames) {
      seen.push(frame.kind === "data" ? text(frame.data) : frame.kind);
      if (frame.kind === "data") break;
    }
    end.abort();
    expect(seen).toEqual(["begin", "the last line\n"]);
  });
  test("of nobody is refused in the agent's words", async () => {
    const nobody: LogOf = { kind: "process", namespec: "no:body" as Namespec, channel: "stdout" };
    await expect(logs().whole(nobody, new Headers(), signal)).rejects.toMatchObject({ code: "BAD_NAME" });
  });
});

describe("an agent's answer that cannot be a log", () => {
  const answering = (response: () => Response) => {
    const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: response });
    place.defer(() => server.stop(true));
    return logsOf(server.port ?? 0);
  };
  const page = (response: () => Response): Promise<MultivisorError> =>
    answering(response)
      .page({ kind: "main" }, { at: "end", unit: "lines", count: 1 }, signal)
      .then(
        () => new MultivisorError("FAILED", "it was taken"),
        (error: MultivisorError) => error,
      );
  test.each([
    ["has no head", () => new Response("text"), "Cannot read the agent's page of a log: not JSON"],
    ["is too long", () => long("{}"), "the agent's answer is above 1048576 bytes"],
  ])("%s", async (_, response, message) => {
    expect((await page(response)).message).toBe(message);
  });
  const long = (head: string) => new Response("x".repeat(1_100_000), { headers: { "x-multivisor-log": head } });
});
