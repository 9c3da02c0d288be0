import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import type { HubResources, HubStats } from "../src/protocol/hub.ts";
import { startHub, type TestHub, type WireProcess } from "./support/hub.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const script = (name: string, text: string): string => {
  writeFileSync(place.path(`${name}.sh`), text);
  return `/bin/bash ${place.path(`${name}.sh`)}`;
};
const programs = () => `
[program:busy]
command=${script("busy", "while :; do :; done & sleep 1000 & exec 7</dev/null; wait")}
stopasgroup=true
killasgroup=true
startsecs=0
[program:idle]
command=/bin/sleep 1000
startsecs=0
[program:stopped]
command=/bin/sleep 1000
autostart=false
`;

/** Percent of a core that one that loops gets of a crowded machine as well, and one that sleeps never uses. */
const BUSY = 2;

describe("what processes use", () => {
  let host: TestSupervisord;
  let hub: TestHub;
  const resources = async (uid: string) =>
    (await hub.json<WireProcess & { resources: HubResources | null }>(`/api/process/info/${uid}`)).resources;
  const stats = (uid: string, query = "") => hub.json<HubStats>(`/api/process/stats/${uid}${query}`);

  beforeAll(async () => {
    host = await startSupervisord(place, { name: "lid001", programs: programs() });
    hub = await startHub(place, { supervisors: [host] });
    await hub.live("lid001");
    await waitFor("two looks", async () => (await resources("lid001:busy:busy"))?.cpu != null);
  }, 60_000);

  test("is that of the process and its children", async () => {
    const busy = await waitFor("a look at it at work", async () => {
      const now = await resources("lid001:busy:busy");
      return (now?.cpu ?? 0) > BUSY && now;
    });
    expect(busy.processes).toBe(3);
    expect(busy.rss_bytes).toBeGreaterThan(1_000_000);
    expect(busy.files).toBeGreaterThanOrEqual(9);
    const idle = await resources("lid001:idle:idle");
    expect(idle).toMatchObject({ processes: 1 });
    expect(idle?.cpu).toBeLessThan(BUSY);
    expect(Math.abs((idle?.at ?? 0) - Date.now())).toBeLessThan(30_000);
  }, 60_000);

  test("is nothing, not zero, of a process that does not run", async () => {
    expect(await resources("lid001:stopped:stopped")).toBe(null);
    expect((await stats("lid001:stopped:stopped")).at).toEqual([]);
    expect((await hub.get("/api/process/stats/lid001:no:no")).status).toBe(404);
  });

  test("is there as columns, and outlives the hub in steps of five minutes", async () => {
    const from = Date.now() - 60_000;
    const fine = await stats("lid001:busy:busy", `?from=${Math.floor(from / 10_000) * 10_000 + 55_000}`);
    expect(fine).toMatchObject({ uid: "lid001:busy:busy", step_ms: 10_000 });
    expect(fine.at.length).toBeGreaterThan(0);
    for (const column of [fine.cpu, fine.cpu_max, fine.rss_bytes, fine.processes, fine.files])
      expect(column).toHaveLength(fine.at.length);
    await hub.stop();
    await hub.start();
    await hub.live("lid001");
    const coarse = await stats("lid001:busy:busy", `?from=${new Date(Date.now() - 86_400_000).toISOString()}`);
    expect(coarse.step_ms).toBe(300_000);
    expect(coarse.at.every((at) => at % 300_000 === 0)).toBe(true);
    expect(coarse.cpu_max.at(-1)).toBeGreaterThan(BUSY);
    expect(coarse.processes.at(-1)).toBe(3);
  }, 60_000);
});
