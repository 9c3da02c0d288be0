import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { readFileSync, statSync } from "node:fs";
import { multivisor } from "./support/executable.ts";
import { startHub, type TestHub } from "./support/hub.ts";
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
`;
const A = "lid001:PLC:wcid00a";

let host: TestSupervisord;
let hub: TestHub;
beforeAll(async () => {
  host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS });
  hub = await startHub(place, { supervisors: [host] });
  await hub.live("lid001");
}, 60_000);

const history = () => place.path(".local", "state", "multivisor", "cli-history");

/** A prompt that has connected. */
async function openPrompt(size: { columns?: number; rows?: number } = {}): Promise<TmuxScreen> {
  const screen = openTmux(place, multivisor("cli", "--url", hub.url), { columns: 110, ...size });
  await screen.sees(/^multivisor>$/m);
  await screen.sees("│ live │");
  return screen;
}

/** What stands behind the last prompt. */
const typed = (screen: TmuxScreen): string =>
  screen
    .lines()
    .findLast((line) => line.startsWith("multivisor>"))
    ?.slice("multivisor>".length)
    .trim() ?? "";

const bar = (screen: TmuxScreen, rows = 30): string => screen.lines()[rows - 1] ?? "";

describe("the prompt", () => {
  let screen: TmuxScreen;
  beforeEach(async () => {
    screen = await openPrompt();
  });

  test("shows the status first, by group, and the bar below", async () => {
    expect(screen.lines()).toContain("PLC");
    expect(screen.lines().join("\n")).toMatch(/lid001:PLC:wcid00a +RUNNING +pid \d+/);
    expect(bar(screen)).toMatch(/^ test place │ live │ 1\/1 supervisors │ \d+ running, \d+ stopped/);
  });

  test("Tab completes commands, uids and options", async () => {
    screen.type("rest");
    screen.keys("Tab");
    await waitFor("restart", () => typed(screen) === "restart");
    screen.type("lid001:P");
    screen.keys("Tab");
    await waitFor("what both have", () => typed(screen) === "restart lid001:PLC:wcid00");
    screen.keys("Tab");
    await screen.sees(/^lid001:PLC:wcid00a +lid001:PLC:wcid00b$/m);
    screen.keys("C-w");
    screen.keys("C-u");
    screen.type("stop --no");
    screen.keys("Tab");
    await waitFor("what both have", () => typed(screen) === "stop --no-");
    screen.keys("Tab");
    await screen.sees(/^--no-wait +--no-color$/m);
  });

  test("Tab finds a uid by letters from its middle", async () => {
    screen.type("restart cid0b");
    screen.keys("Tab");
    await waitFor("the uid", () => typed(screen) === "restart lid001:PLC:wcid00b");
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

  test("a notification comes above the line that is typed, and into the bar", async () => {
    screen.type("stop zz");
    await waitFor("the line", () => typed(screen) === "stop zz");
    await hub.post("/api/process/restart", { uid: A });
    await screen.sees(/^\d\d:\d\d:\d\d wcid00a on lid001 changed from STARTING to RUNNING$/m);
    expect(typed(screen)).toBe("stop zz");
    await waitFor("the bar", () => /wcid00a on lid001 changed/.test(bar(screen)));
    screen.type(":x");
    await waitFor("the rest", () => typed(screen) === "stop zz:x");
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

  test("Ctrl-C clears the line, and ends a command that runs", async () => {
    screen.type("some words");
    screen.keys("C-c");
    await waitFor("an empty line", () => typed(screen) === "");
    screen.type(`wait ${A} --for FATAL`);
    screen.keys("Enter", "C-c");
    screen.type("pid wcid00b");
    screen.keys("Enter");
    await screen.sees(/^\d+$/m);
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

  test("history is kept for the next session, readable by its owner alone, suggested and searched", async () => {
    screen.type("pid wcid00b");
    screen.keys("Enter");
    await screen.sees(/^\d+$/m);
    screen.keys("C-d");
    await screen.sees("ended with 0");
    expect(statSync(history()).mode & 0o777).toBe(0o600);
    expect(readFileSync(history(), "utf8")).toContain("pid wcid00b\n");
    const next = await openPrompt();
    next.type("pid");
    await waitFor("the suggestion", () => typed(next) === "pid wcid00b");
    next.keys("Right", "C-u");
    await waitFor("nothing", () => typed(next) === "");
    next.keys("Up");
    await waitFor("the last line", () => typed(next) === "pid wcid00b");
    next.keys("C-u", "C-r");
    next.type("wcid00b");
    await next.sees('(search "wcid00b") pid wcid00b');
    next.keys("Escape");
    await waitFor("the line that was found", () => typed(next) === "pid wcid00b");
  });

  test("quotes, grep and less", async () => {
    screen.type("status | grep 'wcid00b  '");
    screen.keys("Enter");
    await screen.sees(/grep 'wcid00b {2}'\nlid001:PLC:wcid00b/);
    screen.type("status | less");
    screen.keys("Enter");
    if (Bun.which("less") === null) await screen.sees("less is not installed here");
    else await screen.sees("(END)");
    screen.keys(Bun.which("less") === null ? "C-u" : "q");
    await waitFor("the bar again", () => bar(screen).includes("│ live │"));
    screen.type("help | rm x");
    screen.keys("Enter");
    await screen.sees('cannot pipe into "rm"');
    screen.type("status 'x");
    screen.keys("Enter");
    await screen.sees("the quote ' is not closed");
  });

  test("F5 asks anew and keeps the line", async () => {
    screen.type("stop zz");
    screen.keys("C-l");
    screen.keys("F5");
    await screen.sees(/wcid00a +RUNNING/);
    await waitFor("the line", () => typed(screen) === "stop zz");
  });

  test("a resize moves the bar and leaves none behind", async () => {
    screen.type("stop zz");
    screen.resize(80, 20);
    await waitFor("the bar in the last row", () => bar(screen, 20).startsWith(" test place │ live"));
    screen.resize(120, 35);
    await waitFor("the bar in the last row", () => bar(screen, 35).startsWith(" test place │ live"));
    expect(screen.lines().filter((line) => line.includes("test place │"))).toHaveLength(1);
    expect(typed(screen)).toBe("stop zz");
  });

  test("it survives a restart of the hub", async () => {
    screen.type("stop zz");
    await hub.kill9();
    await waitFor("the bar to tell", () => bar(screen).includes("NOT CONNECTED, trying"));
    await screen.sees("trying again");
    expect(typed(screen)).toBe("stop zz");
    screen.keys("C-u");
    screen.type("status");
    screen.keys("Enter");
    await screen.sees("refused connection");
    await hub.start();
    await hub.live("lid001");
    await screen.sees("connected again", 15_000);
    await waitFor("the bar", () => bar(screen).includes("│ live │ 1/1 supervisors"));
    screen.type("restart wcid00a");
    screen.keys("Enter");
    await screen.sees(`${A}: restarted`);
  });

  test("Ctrl-Z gives the terminal back, and fg the prompt", async () => {
    const shell = openTmux(place, ["bash", "--norc", "-i"], { columns: 110 });
    shell.type(`${multivisor("cli", "--url", hub.url).join(" ")}`);
    shell.keys("Enter");
    await shell.sees("│ live │");
    shell.type("stop zz");
    shell.keys("C-z");
    await shell.sees("Stopped");
    shell.type("echo it is $((40 + 2))");
    shell.keys("Enter");
    await shell.sees("it is 42");
    shell.type("fg");
    shell.keys("Enter");
    await waitFor("the bar", () => bar(shell).includes("│ live │"));
    await waitFor("the line", () => typed(shell) === "stop zz");
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

  test("leaves the terminal as it was", async () => {
    screen.type("exit");
    screen.keys("Enter");
    await screen.sees("ended with 0");
    await screen.sees(/^echo/m);
    expect(screen.lines().some((line) => line.includes("│ live │"))).toBe(false);
  });
});

describe("one-shot commands on a terminal", () => {
  const open = (...words: string[]) => openTmux(place, multivisor("cli", "--url", hub.url, ...words), { columns: 60 });

  test("colours by state, and lines that fit", async () => {
    const screen = open("status", "PLC:*");
    await screen.sees("ended with 0");
    expect(screen.coloured()).toContain("\x1b[32mRUNNING");
    expect(screen.lines().every((line) => line.length <= 60)).toBe(true);
    const plain = open("--no-color", "status", "PLC:*");
    await plain.sees("ended with 0");
    expect(plain.coloured()).not.toContain("\x1b[32m");
  });

  test("a question above one target; Ctrl-C there leaves the terminal sane", async () => {
    const screen = open("restart", "PLC:*");
    await screen.sees("restart 2 processes on lid001? [y/N]");
    screen.keys("C-c");
    await screen.sees("ended with 130");
    await screen.sees(/^echo/m);
  });

  test("a live line while a target is on its way", async () => {
    const screen = open("start", "stubborn");
    await screen.sees(/stubborn: STARTING, \d s/);
    await screen.sees("stubborn: started");
    expect(screen.lines().some((line) => line.includes("STARTING"))).toBe(false);
    process.kill(await host.pidOf("stubborn:stubborn"), "SIGKILL");
  });
});
