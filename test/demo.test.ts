import { afterAll, describe, expect, test } from "bun:test";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { freePort } from "../src/demo/free-port.ts";
import { announced, startDemo } from "./support/demo.ts";
import { multivisor } from "./support/executable.ts";
import { run } from "./support/run.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Process ids of all that were started with this in their environment. */
const processesWith = (setting: string): string[] =>
  readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, "latin1").split("\0").includes(setting);
    } catch {
      return false; // gone, or not ours
    }
  });

describe("multivisor demo", () => {
  test("shows three real supervisors full of life and leaves nothing behind after Ctrl-C", async () => {
    const demo = await startDemo(place);
    await announced(demo);
    const { supervisors } = await demo.data();
    expect(Object.keys(supervisors)).toEqual(["lid001", "lid002", "baslid001"]);
    expect(Object.values(supervisors).every((s) => s.running)).toBe(true);
    const processes = () =>
      demo.data().then((data) => Object.values(data.supervisors).flatMap((s) => Object.values(s.processes)));
    expect((await processes()).length).toBeGreaterThanOrEqual(25);
    await waitFor(
      "workers to be RUNNING",
      async () => (await processes()).filter((p) => p.statename === "RUNNING").length >= 20,
    );
    await waitFor("one to be FATAL", async () => (await processes()).some((p) => p.statename === "FATAL"));
    const pids = (await processes()).map((p) => p.pid).filter((pid) => pid > 0);
    const all = [...demo.marked(), ...pids];
    expect(demo.marked().length).toBeGreaterThan(20);

    demo.proc.kill("SIGINT");
    expect(await demo.proc.exited).toBe(0);
    expect(readdirSync(demo.tmp)).toEqual([]);
    await waitFor("all processes to be gone", () => all.filter(alive).length === 0);
  }, 90_000);

  test("says in one line that the port is in use and how to choose another, and leaves nothing behind", async () => {
    const tmp = place.path("tmp-taken");
    mkdirSync(tmp);
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(0, "127.0.0.1", () => done()));
    const { port } = taken.address() as { port: number };
    const { stdout, stderr, exitCode } = await run(place, multivisor("demo", "--bind", `127.0.0.1:${port}`), {
      env: { ...place.env, TMPDIR: tmp },
    });
    taken.close();
    expect(`${stdout}${stderr}`.trim().split("\n")).toHaveLength(1);
    expect(stderr).toContain("in use");
    expect(stderr).toContain("--bind");
    expect(exitCode).not.toBe(0);
    expect(readdirSync(tmp)).toEqual([]);
  }, 60_000);

  test("ends what it has started when a part does not start, and says which", async () => {
    const tmp = place.path("tmp-half");
    const bin = place.path("bin-half");
    for (const dir of [tmp, bin]) mkdirSync(dir);
    const real = Bun.which("supervisord") ?? "";
    const moody = `#!/bin/sh\ncase "$*" in *lid002*) sleep 1; echo "no mood today"; exit 2;; esac\nexec ${real} "$@"\n`;
    writeFileSync(`${bin}/supervisord`, moody, { mode: 0o755 });
    const port = await freePort();
    const { stderr, exitCode } = await run(place, multivisor("demo", "--bind", `127.0.0.1:${port}`), {
      env: { ...place.env, TMPDIR: tmp, PATH: `${bin}:${process.env.PATH}`, DEMO_TEST: "half" },
    });
    expect(stderr).toContain("supervisord of lid002 ended: no mood today");
    expect(exitCode).not.toBe(0);
    expect(readdirSync(tmp)).toEqual([]);
    expect(processesWith("DEMO_TEST=half")).toEqual([]);
  }, 60_000);

  test("keeps configuration and logs in the folder of --dir, which no other demo may use meanwhile", async () => {
    const dir = place.path("kept");
    const demo = await startDemo(place, "--dir", dir, "--simulated", "1");
    await announced(demo);
    const second = await run(place, multivisor("demo", "--bind", "127.0.0.1:0", "--dir", dir, "--simulated", "1"));
    expect(second.stderr).toContain(`another demo runs in ${dir}`);
    expect(second.exitCode).not.toBe(0);
    expect((await demo.data()).supervisors.sim001?.running).toBe(true);
    demo.proc.kill("SIGTERM");
    expect(await demo.proc.exited).toBe(0);
    expect(readdirSync(dir)).toContain("multivisor.conf");
  });

  test("without supervisord in PATH says so and shows simulated ones", async () => {
    const at = { ...place, env: { ...place.env, PATH: "/nowhere" } };
    const demo = await startDemo(at);
    await announced(demo);
    expect(demo.output()).toContain("No supervisord in PATH");
    expect(Object.values((await demo.data()).supervisors).filter((s) => s.running)).toHaveLength(3);
    demo.proc.kill("SIGTERM");
    expect(await demo.proc.exited).toBe(0);
    expect(readdirSync(demo.tmp)).toEqual([]);
  }, 60_000);
});

describe("multivisor demo --simulated 20", () => {
  test("shows 20 live supervisors whose processes obey, and leaves nothing behind after Ctrl-C", async () => {
    const demo = await startDemo(place, "--simulated", "20", "--processes", "30");
    await announced(demo);
    const supervisors = Object.values((await demo.data()).supervisors);
    expect(supervisors).toHaveLength(20);
    expect(supervisors.filter((s) => s.running)).toHaveLength(20);
    expect(Object.keys(supervisors[0]?.processes ?? {}).length).toBeGreaterThanOrEqual(30);

    const steady = await waitFor("a process to be RUNNING", async () => {
      const { processes = {} } = (await demo.data()).supervisors.sim004 ?? {};
      return Object.values(processes).find((p) => p.statename === "RUNNING" && p.group !== "multivisor");
    });
    const { uid } = steady;
    const state = async () => (await demo.data()).supervisors[steady.supervisor]?.processes[uid]?.statename;
    await fetch(`${demo.url}/api/process/stop`, { method: "POST", body: new URLSearchParams({ uid }) });
    await waitFor(`${uid} to be STOPPED`, async () => (await state()) === "STOPPED");
    await fetch(`${demo.url}/api/process/restart`, { method: "POST", body: new URLSearchParams({ uid }) });
    await waitFor(`${uid} to be RUNNING`, async () => (await state()) === "RUNNING");

    demo.proc.kill("SIGINT");
    expect(await demo.proc.exited).toBe(0);
    expect(readdirSync(demo.tmp)).toEqual([]);
  }, 60_000);
});
