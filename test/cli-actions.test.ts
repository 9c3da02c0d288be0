import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { multivisor } from "./support/executable.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { type RunResult, runCli } from "./support/run.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = `
[group:PLC]
programs=a,b
[program:a]
command=/bin/sleep 1000
startsecs=0
[program:b]
command=/bin/sleep 1000
startsecs=0
[program:off]
command=/bin/sleep 1000
autostart=false
startsecs=0
[program:broken]
command=/bin/false
autostart=false
startretries=0
[program:stubborn]
command=/bin/sh -c 'trap "" TERM; while :; do sleep 1; done'
autostart=false
startsecs=1
stopwaitsecs=600
`;

let host: TestSupervisord;
let hub: TestHub;
beforeAll(async () => {
  host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS });
  hub = await startHub(place, { supervisors: [host] });
  await hub.live("lid001");
  await waitFor("a to run", async () => (await hub.process("lid001:PLC:a"))?.statename === "RUNNING");
}, 60_000);

const cli = (...args: string[]): Promise<RunResult> => runCli(place, hub, ...args);
const stateOf = async (uid: string) => (await hub.process(uid))?.statename;
const lines = (text: string) => text.trimEnd().split("\n");

const STUBBORN = "lid001:stubborn:stubborn";

/** It does not heed SIGTERM. */
async function endStubborn(): Promise<void> {
  await waitFor("stubborn to be STOPPING", async () => (await stateOf(STUBBORN)) === "STOPPING");
  process.kill(await host.pidOf("stubborn:stubborn"), "SIGKILL");
  await waitFor("stubborn to be STOPPED", async () => (await stateOf(STUBBORN)) === "STOPPED");
}

/** A command that runs, and what it has printed so far. */
function following(...words: string[]) {
  const proc = Bun.spawn(multivisor("cli", "--url", hub.url, ...words), {
    ...{ env: place.env, stdin: "ignore", stdout: "pipe", stderr: "pipe" },
  });
  const texts = { stdout: "", stderr: "" };
  const read = async (name: "stdout" | "stderr") => {
    for await (const bytes of proc[name]) texts[name] += Buffer.from(bytes).toString();
  };
  const done = Promise.all([read("stdout"), read("stderr")]);
  return {
    stdout: () => texts.stdout,
    stderr: () => texts.stderr,
    interrupt: () => proc.kill("SIGINT"),
    exitCode: done.then(() => proc.exited),
  };
}

describe("start, stop and restart", () => {
  test("follow a process to its outcome", async () => {
    expect(await cli("stop", "lid001:PLC:a")).toEqual({ stdout: "lid001:PLC:a: stopped\n", stderr: "", exitCode: 0 });
    expect(await stateOf("lid001:PLC:a")).toBe("STOPPED");
    expect(await cli("start", "a")).toEqual({ stdout: "lid001:PLC:a: started\n", stderr: "", exitCode: 0 });
    expect(await stateOf("lid001:PLC:a")).toBe("RUNNING");
    const pid = await host.pidOf("PLC:a");
    expect((await cli("restart", "PLC:a")).stdout).toBe("lid001:PLC:a: restarted\n");
    expect(await host.pidOf("PLC:a")).not.toBe(pid);
  });

  test("what is so already is said, and is no failure", async () => {
    expect(await cli("start", "lid001:PLC:a")).toMatchObject({
      stdout: "lid001:PLC:a: ERROR (already started)\n",
      exitCode: 0,
    });
    expect(await cli("stop", "lid001:off:off")).toMatchObject({
      stdout: "lid001:off:off: ERROR (not running)\n",
      exitCode: 0,
    });
  });

  test("a start that fails gives supervisorctl's exit code", async () => {
    const { stdout, exitCode } = await cli("start", "broken");
    expect(stdout).toMatch(
      /^lid001:broken:broken: ERROR \((spawn error|abnormal termination)\)(: it is (FATAL|BACKOFF))?\n$/,
    );
    expect(exitCode).toBe(7);
  });

  test("a name that nothing bears is an error, and does not keep the others from being done", async () => {
    const { stdout, exitCode } = await cli("restart", "nosuch", "PLC:*");
    expect(lines(stdout).sort()).toEqual([
      "lid001:PLC:a: restarted",
      "lid001:PLC:b: restarted",
      "nosuch: ERROR (no such process)",
    ]);
    expect(exitCode).toBe(1);
  });

  test("--dry-run does nothing", async () => {
    const pid = await host.pidOf("PLC:a");
    expect(await cli("restart", "state:run", "group:PLC", "--dry-run")).toEqual({
      stdout: "lid001:PLC:a: would restart, it is RUNNING\nlid001:PLC:b: would restart, it is RUNNING\n",
      ...{ stderr: "", exitCode: 0 },
    });
    expect(await host.pidOf("PLC:a")).toBe(pid);
  });

  test("`all` leaves the agent alone", async () => {
    const { stdout } = await cli("stop", "all", "--dry-run");
    expect(stdout).toContain("lid001:PLC:a: would stop");
    expect(stdout).not.toContain("multivisor");
  });

  test("a filter that nothing fits now says so and is no error; a slip in one is", async () => {
    expect(await cli("restart", "state:unknown")).toEqual({
      ...{ stdout: "", stderr: "nothing to restart: no process is like that now\n", exitCode: 0 },
    });
    expect((await cli("restart", "host:nosuch")).exitCode).toBe(1);
  });

  test("a group that nothing bears has supervisorctl's words and exit codes", async () => {
    const stdout = "nosuch:*: ERROR (no such group)\n";
    expect(await cli("start", "nosuch:*")).toEqual({ stdout, stderr: "", exitCode: 2 });
    expect(await cli("restart", "nosuch:*")).toEqual({ stdout, stderr: "", exitCode: 2 });
    expect(await cli("stop", "nosuch:*")).toEqual({ stdout, stderr: "", exitCode: 1 });
  });

  test("tell the outcome of each target as it comes", async () => {
    expect((await cli("start", "stubborn")).exitCode).toBe(0);
    const stop = following("stop", "stubborn", "PLC:*");
    await waitFor(
      "both of PLC",
      () => lines(stop.stdout()).sort().join() === "lid001:PLC:a: stopped,lid001:PLC:b: stopped",
    );
    expect(await stateOf(STUBBORN)).toBe("STOPPING");
    await endStubborn();
    expect(await stop.exitCode).toBe(0);
    expect(stop.stdout()).toEndWith(`\n${STUBBORN}: stopped\n`);
    await cli("start", "PLC:*");
  });

  test("find the outcome through a restart of the hub", async () => {
    expect((await cli("start", "stubborn")).exitCode).toBe(0);
    const stop = following("stop", "stubborn");
    await waitFor("it to be STOPPING", async () => (await stateOf(STUBBORN)) === "STOPPING");
    await hub.kill9();
    await waitFor("that to be told", () => stop.stderr().includes("asking again"));
    await hub.start();
    await hub.live("lid001");
    await endStubborn();
    expect(await stop.exitCode).toBe(0);
    expect(stop.stdout()).toBe(`${STUBBORN}: stopped\n`);
  });

  test("--timeout stops waiting, the hub goes on", async () => {
    expect((await cli("start", "stubborn")).exitCode).toBe(0);
    const { stdout, exitCode } = await cli("stop", "stubborn", "--timeout", "2s");
    expect(stdout).toBe("lid001:stubborn:stubborn: ERROR (after 2 s it is STOPPING; the hub goes on with the stop)\n");
    expect(exitCode).toBe(4);
    expect(await stateOf(STUBBORN)).toBe("STOPPING");
    await endStubborn();
  });

  test("Ctrl-C says what the hub goes on with", async () => {
    expect((await cli("start", "stubborn")).exitCode).toBe(0);
    const stop = following("stop", "stubborn", "PLC:b");
    await waitFor("b to stop", () => stop.stdout() === "lid001:PLC:b: stopped\n");
    stop.interrupt();
    expect(await stop.exitCode).toBe(130);
    // Its state is the one that the stream had told by then.
    expect(stop.stderr()).toMatch(
      /^interrupted: the hub goes on with the stop of lid001:stubborn:stubborn \((STOPPING|RUNNING)\)\n$/,
    );
    await endStubborn();
  });

  test("--no-wait returns when the hub has it", async () => {
    expect(await cli("start", "--no-wait", "stubborn")).toEqual({
      ...{ stdout: `${STUBBORN}: start asked for\n`, stderr: "", exitCode: 0 },
    });
    await waitFor("it to run", async () => (await stateOf(STUBBORN)) === "RUNNING");
    await cli("stop", "--no-wait", STUBBORN);
    await endStubborn();
  });
});
