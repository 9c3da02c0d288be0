import { afterAll, expect, test } from "bun:test";
import type { HistoryPage } from "../src/protocol/hub.ts";
import { announced, startDemo } from "./support/demo.ts";
import { multivisor } from "./support/executable.ts";
import { run } from "./support/run.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const DAY_MS = 86_400_000;
const place = openTestPlace();
afterAll(() => place.close());

test("a demo begins with a past that its agents and its hub tell alike, and says that it is invented", async () => {
  const demo = await startDemo(place, "--past", "10");
  await announced(demo);
  expect(demo.output()).toContain("never were");
  const json = async <T>(path: string) => (await (await fetch(`${demo.url}${path}`)).json()) as T;
  expect((await demo.data()).name).toContain("invented");

  const before = new Date(Date.now() - DAY_MS).toISOString();
  const { items } = await json<HistoryPage>(`/api/history?to=${before}&limit=1000`);
  expect(items.length).toBeGreaterThan(50);
  // Each supervisord was not there for a moment before the demo; of no journal anything is missing.
  const gaps = await waitFor("a gap of each", async () => {
    const found = (await json<HistoryPage>("/api/history?kind=gap&limit=1000")).items;
    return new Set(found.map(({ supervisor }) => supervisor)).size === 3 && found;
  });
  const reasons = gaps.map((item) => item.kind === "gap" && item.reason);
  expect(new Set(reasons)).toEqual(new Set(["supervisord_not_running"]));
  const commands = await json<HistoryPage>("/api/history?kind=command&limit=10");
  expect(commands.items[0]).toMatchObject({ kind: "command", ok: true });

  const stats = `/api/process/stats/lid001:PLC:wcid00a?from=${new Date(Date.now() - 3 * DAY_MS).toISOString()}`;
  expect((await json<{ at: number[] }>(stats)).at.length).toBeGreaterThan(100);
  demo.proc.kill("SIGTERM");
  expect(await demo.proc.exited).toBe(0);
}, 60_000);

test("simulated hosts of all kinds have a past too", async () => {
  const links = ["--links", "agent,xmlrpc,zerorpc", "--simulated", "3", "--processes", "14"];
  const demo = await startDemo(place, "--past", "5", ...links);
  await announced(demo);
  const before = new Date(Date.now() - DAY_MS).toISOString();
  const page = (await (await fetch(`${demo.url}/api/history?to=${before}&limit=1000`)).json()) as HistoryPage;
  expect(new Set(page.items.map(({ supervisor }) => supervisor))).toEqual(new Set(["sim001", "sim002", "sim003"]));
  demo.proc.kill("SIGTERM");
  expect(await demo.proc.exited).toBe(0);
}, 60_000);

test.each([
  [["--past", "1000"], "not a whole number of days from 0 to 400"],
  [["--past", "soon"], "not a whole number of days from 0 to 400"],
  [["--past", "9", "--no-hub", "--simulated", "1"], "--no-hub leaves the hub out"],
])("refuses %p in one line", async (words, expected) => {
  const { stderr, exitCode } = await run(place, multivisor("demo", "--bind", "127.0.0.1:0", ...words));
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(stderr).toContain(expected);
  expect(exitCode).not.toBe(0);
});

test("does not mix an invented past with a history that is there", async () => {
  const dir = place.path("used");
  await Bun.write(`${dir}/history.sqlite`, "");
  const { stderr, exitCode } = await run(
    place,
    multivisor("demo", "--bind", "127.0.0.1:0", "--dir", dir, "--past", "9"),
  );
  expect(stderr).toContain("has a history already");
  expect(exitCode).not.toBe(0);
});
