import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { COMMANDS } from "../src/cli/commands.ts";
import { EVERY_COMMAND, type Try } from "./support/every-command.ts";
import { multivisor } from "./support/executable.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { type RunResult, run, runCli } from "./support/run.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = `
[program:up]
command=/bin/sleep 1000
startsecs=0
[program:cat]
command=/bin/cat
startsecs=0
[program:off]
command=/bin/sleep 1000
autostart=false
startsecs=0
[program:nofile]
command=/nowhere/at/all
autostart=false
[program:broken]
command=/bin/false
startretries=0
[program:quiet]
command=/bin/sleep 1000
startsecs=0
stdout_logfile=NONE
`;

let host: TestSupervisord;
/** the same programs, for supervisorctl alone */
let twin: TestSupervisord;
let hub: TestHub;
/** of the same host, for those who log in */
let locked: TestHub;
beforeAll(async () => {
  host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS });
  twin = await startSupervisord(place, { name: "twin", programs: PROGRAMS, agent: false, recorder: false });
  hub = await startHub(place, { supervisors: [host] });
  const users = "username=admin\npassword=sesame\n[user:bob]\npassword=viewer\nrole=viewer";
  locked = await startHub(place, { supervisors: [host], global: users });
  await hub.live("lid001");
  await waitFor("broken", async () => (await hub.process("lid001:broken:broken"))?.statename === "FATAL");
  await waitFor("bob to see it", async () => (await asBob(["status", "up"])).exitCode === 0);
}, 60_000);

const asBob = (words: readonly string[]) =>
  run(place, multivisor("cli", "--url", `http://bob:viewer@127.0.0.1:${locked.port}`, ...words));

/** With Ctrl-C as soon as the hub serves it. */
async function interrupted(words: readonly string[]): Promise<RunResult> {
  const readers = async () => /^multivisor_stream_readers (\d+)/m.exec(await (await hub.get("/metrics")).text())?.[1];
  const before = await readers();
  const proc = Bun.spawn(multivisor("cli", "--url", hub.url, ...words), {
    ...{ env: place.env, stdin: "ignore", stdout: "pipe", stderr: "pipe" },
  });
  await waitFor("it to read the stream", async () => (await readers()) !== before);
  proc.kill("SIGINT");
  const [stdout, stderr] = await Promise.all([new Response(proc.stdout).text(), new Response(proc.stderr).text()]);
  return { stdout, stderr, exitCode: await proc.exited };
}

/** Names as supervisorctl has them. */
const bare = (text: string) => text.replaceAll(/lid001:\w+:(\w+)/g, "$1");

async function check({ words, code, says, ctl, sameText, isEndless, isAfterRestart }: Try): Promise<void> {
  if (isAfterRestart)
    await waitFor("it to be back", async () => (await runCli(place, hub, "status", "up")).exitCode === 0);
  const { stdout, stderr, exitCode } = await (isEndless ? interrupted(words) : runCli(place, hub, ...words));
  expect(stdout + stderr).toMatch(says);
  expect(exitCode).toBe(code);
  if (ctl === undefined) return;
  const theirs = await run(place, ["supervisorctl", "-c", twin.conf, ...ctl]);
  expect(theirs.exitCode).toBe(code);
  if (sameText) expect(bare(stdout + stderr)).toBe(theirs.stdout);
}

const rows = Object.entries(EVERY_COMMAND);
const asking = rows.filter(([, row]) => row.asksHub).map(([name, { works }]) => [name, works.words] as const);
const acting = rows.filter(([, row]) => row.isAction).map(([name, { works }]) => [name, works.words] as const);

test("every command is tried here", () => {
  expect(Object.keys(EVERY_COMMAND).toSorted()).toEqual(Object.keys(COMMANDS).toSorted());
});

describe("no hub there", () => {
  test.each(asking)("%s", async (_, words) => {
    expect(await run(place, multivisor("cli", "--url", "127.0.0.1:1", ...words))).toEqual({
      ...{ stdout: "", stderr: "multivisor: http://127.0.0.1:1 refused connection\n", exitCode: 4 },
    });
  });
});

describe("not logged in", () => {
  test.each(asking)("%s", async (_, words) => {
    expect(await runCli(place, locked, ...words)).toEqual({
      ...{ stdout: "", stderr: "multivisor: Server requires authentication: multivisor cli login\n", exitCode: 1 },
    });
  });
});

describe("not permitted: told so, and nothing is done", () => {
  test.each(acting)("%s", async (_, words) => {
    const pids = [host.pid(), await host.pidOf("up:up"), await host.pidOf("off:off")];
    const { stdout, stderr, exitCode } = await asBob(words);
    expect(stdout + stderr).toMatch(/^[^\n]*(viewer|permitted|may not|allowed)[^\n]*\n$/);
    expect(exitCode).toBe(1);
    expect([host.pid(), await host.pidOf("up:up"), await host.pidOf("off:off")]).toEqual(pids);
  });
});

describe("what works, what is refused, and a name that nothing bears; as with supervisorctl where it has that", () => {
  const tries = rows.flatMap(([, { works, refused, unknown }]) => [works, refused ?? [], unknown ?? []].flat());
  test.each(tries.map((one) => [one.words.join(" "), one] as const))("%s", (_, one) => check(one));
});
