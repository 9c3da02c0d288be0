import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type LinkBench, openLinkBench } from "../../../test/support/link-bench.ts";
import { openTestPlace } from "../../../test/support/test-place.ts";
import { waitFor } from "../../../test/support/wait-for.ts";
import { createSimulatedHost } from "../../demo/simulated/host.ts";
import type { Namespec } from "../../domain/names.ts";
import type { LogOf } from "../../supervisord/logs/log-of.ts";
import type { LinkLogs } from "./link-logs.ts";

const place = openTestPlace();
afterAll(() => place.close());
const signal = new AbortController().signal;
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe.each(["agent", "xmlrpc", "zerorpc"] as const)("a log is the same over every link: %s", (link) => {
  let bench: LinkBench;
  let logs: LinkLogs;
  let of: LogOf;
  let write: (text: string) => void;

  beforeAll(async () => {
    const options = { processes: 3, dir: place.path(link), seed: 1, peculiar: false, offsetMs: 0 };
    const host = await createSimulatedHost({ name: link, link, ...options });
    place.defer(host.close);
    const url = link === "agent" ? `agent://${host.url()}` : host.url();
    bench = openLinkBench(place, { [link]: `url=${url}` });
    await bench.live(link);
    const [process] = host.matching("*").filter(({ program }) => program.group !== "multivisor");
    const found = bench.hub.logs(link);
    if (process === undefined || found === undefined) throw new Error("a host without processes or logs");
    logs = found;
    const namespec = `${process.program.group}:${process.program.name}` as Namespec;
    of = { kind: "process", namespec, channel: "stdout" };
    process.stop(); // else it goes on writing
    write = (more) => host.logs.write(process, "stdout", more);
    write("needle in the log\nthe last line\n");
  });
  afterAll(() => bench.close());

  test("page by page", async () => {
    const page = await logs.page(of, { at: "end", unit: "lines", count: -2 }, signal);
    expect(text(page.bytes)).toBe("needle in the log\nthe last line\n");
  });
  test("whole, or a part of it", async () => {
    const whole = await (await logs.whole(of, new Headers(), signal)).bytes();
    const part = await logs.whole(of, new Headers({ range: "bytes=0-3" }), signal);
    expect(text(whole)).toEndWith("needle in the log\nthe last line\n");
    expect([part.status, await part.text()]).toEqual([206, text(whole.subarray(0, 4))]);
  });
  test("searched", async () => {
    const query = { q: "NEEDLE", regex: false, caseSensitive: false, before: 0, after: 0, limit: 5, until: "end" };
    expect(JSON.stringify((await logs.search(of, query, signal)).matches)).toContain("needle in the log");
  });
  test("followed from before its end, until the reader leaves", async () => {
    const end = new AbortController();
    const frames = await logs.follow(of, { backBytes: 1_024, from: null }, end.signal);
    let seen = "";
    for await (const frame of frames) {
      if (frame.kind !== "data") continue;
      if (seen === "") write("and one more\n");
      seen += text(frame.data);
      if (seen.includes("the last line\nand one more\n")) break;
    }
    end.abort();
    expect(seen).toContain("needle in the log\nthe last line\nand one more\n");
  });
  test("that is not there, or on a host that is down, is refused", async () => {
    const none = { ...of, namespec: "no:such" as Namespec };
    await expect(logs.page(none, { at: "end", unit: "lines", count: -1 }, signal)).rejects.toMatchObject({
      code: "BAD_NAME",
    });
    const down = openLinkBench(place, { down: `url=${link === "xmlrpc" ? "http" : link}://127.0.0.1:1` });
    await waitFor("it to be down", () => down.reason("down") !== "");
    const reading = async () => down.hub.logs("down")?.page(of, { at: "end", unit: "lines", count: -1 }, signal);
    await expect(reading()).rejects.toMatchObject({ code: "HOST_UNREACHABLE" });
    await down.close();
  });
});
