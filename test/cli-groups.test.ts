import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startHub, type TestHub } from "./support/hub.ts";
import { type RunResult, runCli } from "./support/run.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const WEB = "[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0\n";
const DB = "[program:db]\ncommand=/bin/sleep 1000\nstartsecs=0\ndirectory=/tmp\npriority=7\n";
const MORE = "[program:more]\ncommand=/bin/sleep 1000\nstartsecs=0\nautostart=false\n";

let first: TestSupervisord;
let hub: TestHub;
beforeAll(async () => {
  first = await startSupervisord(place, { name: "lid001", programs: WEB });
  const second = await startSupervisord(place, { name: "lid002", programs: WEB });
  hub = await startHub(place, { supervisors: [first, second] });
  await hub.live("lid001", "lid002");
}, 60_000);

const cli = (...words: string[]): Promise<RunResult> => runCli(place, hub, ...words);
const said = (stdout: string) => ({ stdout, stderr: "", exitCode: 0 });
const groupsOf = async (name: string) => [
  ...new Set(Object.values((await hub.data()).supervisors[name]?.processes ?? {}).map(({ group }) => group)),
];

describe("groups of one supervisord, as with supervisorctl", () => {
  test("avail shows what was read, and that alone", async () => {
    first.rewrite(`${WEB}${DB}${MORE}`);
    expect((await cli("avail", "lid001")).stdout).not.toContain("lid001:db:db");
    await cli("reread", "lid001");
    const { stdout } = await cli("avail", "lid001", "--json");
    const programs = Object.fromEntries((JSON.parse(stdout) as { name: string }[]).map((one) => [one.name, one]));
    expect(programs.db).toMatchObject({
      ...{ uid: "lid001:db:db", inuse: false, autostart: true, process_prio: 7 },
      ...{ command: "/bin/sleep 1000", directory: "/tmp", stopsignal: 15, stopwaitsecs: 10, exitcodes: [0] },
    });
    expect(programs.web).toMatchObject({ inuse: true });
    expect((await cli("avail", "lid001")).stdout).toMatch(/lid001:more:more\s+avail\s+manual\s+999:999/);
  });

  test("add makes one active, and the history says who did it", async () => {
    expect(await cli("add", "lid001:db")).toEqual(said("lid001: db: added process group\n"));
    await waitFor("db to run", async () => (await hub.process("lid001:db:db"))?.statename === "RUNNING");
    const page = await hub.json<{ items: { kind: string; detail?: string; by?: { action: string } }[] }>(
      "/api/history?kind=command",
    );
    expect(page.items[0]).toMatchObject({ by: { action: "add_group" }, detail: "db" });
  });

  test("remove refuses what runs, and does the rest", async () => {
    const { stdout, exitCode } = await cli("remove", "lid001:db", "lid001:nosuch");
    expect(stdout.split("\n").slice(0, 2)).toEqual([
      "lid001: db: ERROR (Cannot remove db: processes of the group are still running)",
      "lid001: nosuch: ERROR (Cannot remove nosuch: no such process or group)",
    ]);
    expect(exitCode).toBe(1);
    await cli("stop", "lid001:db:*");
    expect(await cli("remove", "lid001:db")).toEqual(said("lid001: db: removed process group\n"));
    await waitFor("db to be gone", async () => !(await groupsOf("lid001")).includes("db"));
  });

  test("update of one group leaves the others as they are", async () => {
    expect(await cli("update", "lid001:db", "--yes")).toEqual(said("lid001: db: added process group\n"));
    await waitFor("db to be there", async () => (await groupsOf("lid001")).includes("db"));
    expect(await groupsOf("lid001")).not.toContain("more");
    expect(await cli("update", "lid001")).toEqual(said("lid001: more: added process group\n"));
  });

  test("a pattern of supervisors need not be right everywhere", async () => {
    await waitFor("more to be there", async () => (await groupsOf("lid001")).includes("more"));
    expect(await cli("remove", "*:more")).toEqual(said("lid001: more: removed process group\n"));
    const { stdout, exitCode } = await cli("add", "*:nosuch");
    expect(stdout.trim().split("\n")).toHaveLength(2);
    expect(exitCode).toBe(1);
  });

  test("a group without its supervisor is one clear line", async () => {
    expect(await cli("add", "more")).toEqual({
      ...{ stdout: "", stderr: "multivisor: Cannot read more: write SUPERVISOR:GROUP, or '*:more' for all\n" },
      exitCode: 2,
    });
  });
});
