import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { readFileSync, statSync } from "node:fs";
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
[program:evil\x07\x9b2Jname]
command=/bin/sleep 1000
[program:日本]
command=/bin/sleep 1000
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

const history = () => place.path(".local", "state", "multivisor", "cli-history");

describe("the prompt", () => {
  let screen: TmuxScreen;
  beforeEach(async () => {
    screen = await openPrompt(place, hub);
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

  test("history is kept for the next session, readable by its owner alone, suggested and searched", async () => {
    screen.type("pid wcid00b");
    screen.keys("Enter");
    await screen.sees(/^\d+$/m);
    screen.keys("C-d");
    await screen.sees("ended with 0");
    expect(statSync(history()).mode & 0o777).toBe(0o600);
    expect(readFileSync(history(), "utf8")).toContain("pid wcid00b\n");
    const next = await openPrompt(place, hub);
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

  test("a line that is longer than a narrow terminal moves sideways in its one row", async () => {
    screen.type("status 日本 one two three");
    screen.resize(24, 12);
    const row = () => screen.lines().findLast((line) => line.startsWith("multivisor>"));
    await waitFor("its end", () => row() === "multivisor>  two three");
    screen.keys("C-a");
    await waitFor("its beginning", () => row() === "multivisor> status 日本");
    screen.resize(9, 12);
    screen.keys("C-k");
    screen.type("abcdefgh");
    await waitFor("what fits", () => screen.lines().some((line) => line.trim() === "cdefgh"));
    screen.resize(110, 30);
    await waitFor("all of it", () => typed(screen) === "abcdefgh");
  });

  test("names that would drive the terminal are shown harmless and not offered", async () => {
    screen.type("status | grep name");
    screen.keys("Enter");
    await screen.sees("lid001:evil\\x07\\x9b2Jname:evil\\x07\\x9b2Jname");
    screen.type("pid lid001:evi");
    screen.keys("Tab");
    screen.type("!");
    await waitFor("the line as it was", () => typed(screen) === "pid lid001:evi!");
  });

  test("sessions do not take each other's history", async () => {
    const other = await openPrompt(place, hub);
    for (const [one, line] of [
      [screen, "pid wcid00a"],
      [other, "pid wcid00b"],
      [screen, " version"],
      [screen, "login http://ann:secret@127.0.0.1:1"],
    ] as const) {
      one.type(line);
      one.keys("Enter");
      await waitFor("the next line", () => typed(one) === "");
    }
    await waitFor("both", () => readFileSync(history(), "utf8").endsWith("pid wcid00a\npid wcid00b\n"));
    expect(readFileSync(history(), "utf8")).not.toMatch(/secret|version/);
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
    await screen.sees("connected again");
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

  test("leaves the terminal as it was", async () => {
    screen.type("exit");
    screen.keys("Enter");
    await screen.sees("ended with 0");
    await screen.sees(/^echo/m);
    expect(screen.lines().some((line) => line.includes("│ live │"))).toBe(false);
  });
});
