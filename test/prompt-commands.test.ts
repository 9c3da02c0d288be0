import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { multivisor } from "./support/executable.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { bar, openPrompt, typed } from "./support/prompt.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { openTmux, type TmuxScreen } from "./support/tmux.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = `
[group:PLC]
programs=wcid00a,wcid00b
[program:wcid00a]
command=/bin/sleep 1000
startsecs=0
[program:wcid00b]
command=/bin/sleep 1000
startsecs=0
[program:stubborn]
command=/bin/sh -c 'trap "" TERM; while :; do sleep 1; done'
autostart=false
startsecs=1
stopwaitsecs=600
[program:slow]
command=/bin/sleep 1000
autostart=false
startsecs=2
[program:chatter]
command=/bin/sh -c 'while :; do echo again; sleep 0.1; done'
startsecs=0
`;
const A = "lid001:PLC:wcid00a";

let host: TestSupervisord;
let hub: TestHub;
beforeAll(async () => {
  host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS });
  hub = await startHub(place, { supervisors: [host] });
  await hub.live("lid001");
}, 60_000);

describe("commands at the prompt", () => {
  let screen: TmuxScreen;
  beforeEach(async () => {
    screen = await openPrompt(place, hub);
  });

  test("runs commands as old users know them", async () => {
    screen.type("restart wcid00a");
    screen.keys("Enter");
    await screen.sees(`${A}: restarted`);
    screen.type("stop wcid00a");
    screen.keys("Enter");
    await screen.sees(`${A}: stopped`);
    screen.type("status wcid00a");
    screen.keys("Enter");
    await screen.sees(/wcid00a +STOPPED/);
    screen.type("refresh-status wcid00b");
    screen.keys("Enter");
    await screen.sees(/wcid00b +RUNNING/);
    screen.type("help restart");
    screen.keys("Enter");
    await screen.sees("restart 'PLC:*' --dry-run");
    screen.type("restrat x");
    screen.keys("Enter");
    await screen.sees('unknown command "restrat": did you mean "restart"?');
    screen.type("start wcid00a");
    screen.keys("Enter");
    await screen.sees(`${A}: started`);
  });

  test("asks above one target, and Ctrl-C there does nothing", async () => {
    const pid = await host.pidOf("PLC:wcid00a");
    screen.type("restart PLC:*");
    screen.keys("Enter");
    await screen.sees("restart 2 processes on lid001? [y/N]");
    screen.keys("C-c");
    await waitFor("the prompt", () => typed(screen) === "" && screen.lines().at(-3) !== undefined);
    expect(await host.pidOf("PLC:wcid00a")).toBe(pid);
    screen.type("restart PLC:*");
    screen.keys("Enter");
    await screen.sees(/restart 2 processes on lid001\? \[y\/N\]$/m);
    screen.type("y");
    screen.keys("Enter");
    await screen.sees("wcid00b: restarted");
  });

  test("Ctrl-C in a stop that takes long says what the hub goes on with", async () => {
    screen.type("start stubborn");
    screen.keys("Enter");
    await screen.sees("stubborn: started");
    screen.type("stop stubborn");
    screen.keys("Enter");
    await screen.sees("lid001:stubborn:stubborn: STOPPING");
    screen.keys("C-c");
    await screen.sees("interrupted: the hub goes on with the stop of lid001:stubborn:stubborn (STOPPING)");
    process.kill(await host.pidOf("stubborn:stubborn"), "SIGKILL");
    await screen.sees(/stubborn on lid001 changed from STOPPING to STOPPED/);
  });

  test("quotes, grep and less", async () => {
    screen.type("status | grep 'wcid00b  '");
    screen.keys("Enter");
    await screen.sees(/grep 'wcid00b {2}'\nlid001:PLC:wcid00b/);
    screen.type("status | less");
    screen.keys("Enter");
    await screen.sees("(END)");
    screen.keys("q");
    await waitFor("the bar again", () => bar(screen).includes("│ live │"));
    screen.type("status | grep wcid00 | sort | uniq | wc -l");
    screen.keys("Enter");
    await screen.sees(/wc -l\n2$/m);
    screen.type("help | rm x");
    screen.keys("Enter");
    await screen.sees('cannot pipe into "rm"');
    screen.type("status 'x");
    screen.keys("Enter");
    await screen.sees("the quote ' is not closed");
  });

  test("lines of a file are done one after the other", async () => {
    const words = multivisor("cli", "--url", hub.url);
    const lines = `# a comment\nstatus | grep 'wcid00a '\npid 'wcid00b'\nnosuch\nexit\npid wcid00a\n`;
    const proc = Bun.spawn(words, { env: place.env, stdin: new Blob([lines]), stdout: "pipe", stderr: "pipe" });
    const stdout = await new Response(proc.stdout).text();
    expect(stdout).toMatch(/^lid001:PLC:wcid00a .*\n\d+\n$/);
    expect(await new Response(proc.stderr).text()).toContain('unknown command "nosuch"');
    expect(await proc.exited).toBe(0);
  });

  test("the bar stays while lines change in place", async () => {
    screen.type("start slow");
    screen.keys("Enter");
    await screen.sees(/slow: STARTING, 1 s/);
    expect(bar(screen)).toContain("│ live │");
    await screen.sees("slow: started");
    expect(bar(screen)).toContain("│ live │");
    screen.type("stop slow");
    screen.keys("Enter");
    await screen.sees("slow: stopped");
  });

  test("a command ends when the program behind it has seen enough", async () => {
    screen.type("tail -f chatter | head -n 1");
    screen.keys("Enter");
    screen.type("pid wcid00a");
    screen.keys("Enter");
    await screen.sees(/^again\n(.*\n)*multivisor> pid wcid00a\n\d+$/m);
  });

  test("Ctrl-C in a pager ends what it pages, and neither the pager nor the prompt", async () => {
    screen.type("tail -f chatter | less");
    screen.keys("Enter");
    await screen.sees(/^again$/m);
    screen.keys("C-c");
    await screen.sees("(END)");
    screen.keys("q");
    await waitFor("the bar again", () => bar(screen).includes("│ live │"));
    screen.type("pid wcid00a");
    screen.keys("Enter");
    await screen.sees(/^\d+$/m);
  });

  test("a question comes before the pager", async () => {
    screen.type("restart PLC:* | less");
    screen.keys("Enter");
    await screen.sees("restart 2 processes on lid001? [y/N]");
    screen.keys("C-c");
    await waitFor("the prompt", () => typed(screen) === "");
  });

  test("lines that are pasted wait for Enter, and Ctrl-C drops those to come", async () => {
    screen.paste("pid wcid00a\npid wcid00b\n");
    await waitFor("both", () => typed(screen) === "pid wcid00a↵pid wcid00b");
    screen.keys("Enter");
    await screen.sees(/^multivisor> pid wcid00a\n\d+\nmultivisor> pid wcid00b\n\d+\nmultivisor>$/m);
    screen.paste(`wait ${A} --for FATAL\nversion\n`);
    screen.keys("Enter");
    await screen.sees(/^multivisor> wait/m);
    screen.keys("C-c");
    screen.type("pid stubborn");
    screen.keys("Enter");
    await screen.sees(/^multivisor> pid stubborn\n0$/m);
    expect(screen.lines()).not.toContain("multivisor> version");
  });

  test("Ctrl-C while the hub is silent", async () => {
    process.kill(hub.pid(), "SIGSTOP");
    for (const line of ["refresh-status", "history", "tail chatter", "login"]) {
      screen.type(line);
      screen.keys("Enter");
      await waitFor(
        "it to be run",
        () => screen.lines().findLast((one) => one !== "" && !one.includes("│")) === `multivisor> ${line}`,
      );
      screen.keys("C-c");
      await waitFor("the prompt", () => typed(screen) === "");
    }
    process.kill(hub.pid(), "SIGCONT");
    expect(screen.lines().join()).not.toContain("did not answer");
  });

  test("a closed terminal ends it", async () => {
    screen.type("tail -f chatter");
    screen.keys("Enter");
    await screen.sees(/^again$/m);
    const pid = screen.childPid();
    screen.close();
    await waitFor("the process to end", () => !isAlive(pid));
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("one-shot commands on a terminal", () => {
  const open = (...words: string[]) => openTmux(place, multivisor("cli", "--url", hub.url, ...words), { columns: 60 });

  test("colours by state, and lines that fit", async () => {
    const screen = open("status", "PLC:*");
    await screen.sees("ended with 0");
    expect(screen.coloured()).toContain("\x1b[32mRUNNING");
    expect(screen.lines().every((line) => line.length <= 60)).toBe(true);
    const words = multivisor("cli", "--url", hub.url, "status", "PLC:*");
    for (const plain of [open("--no-color", "status", "PLC:*"), openTmux(place, words, { env: { NO_COLOR: "1" } })]) {
      await plain.sees("ended with 0");
      expect(plain.coloured()).not.toContain("\x1b[32m");
    }
  });

  test("the names in front of merged logs are coloured", async () => {
    const screen = open("tail", "-n", "1", "chatter", "PLC:*");
    await screen.sees("ended with 0");
    expect(screen.coloured()).toMatch(/\x1b\[36mlid001:chatter:chatter +\| \x1b\[39magain/);
  });

  test("a question above one target; Ctrl-C there leaves the terminal sane", async () => {
    const screen = open("restart", "PLC:*");
    await screen.sees("restart 2 processes on lid001? [y/N]");
    screen.keys("C-c");
    await screen.sees("ended with 130");
    await screen.sees(/^echo/m);
  });

  test("a live line while a target is on its way", async () => {
    const screen = open("start", "slow");
    await screen.sees(/slow: STARTING, \d s/);
    await screen.sees("slow: started");
    expect(screen.lines().some((line) => line.includes("STARTING"))).toBe(false);
  });
});
