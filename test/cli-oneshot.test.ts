import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { version } from "../package.json";
import { multivisor } from "./support/executable.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { type RunResult, run, runCli } from "./support/run.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = `
[group:PLC]
programs=a,b
[program:a]
command=/bin/sh -c 'echo out a; echo err a >&2; exec sleep 1000'
startsecs=0
[program:b]
command=/bin/sleep 1000
startsecs=0
[program:off]
command=/bin/sleep 1000
autostart=false
startsecs=0
[program:pair]
command=/bin/sh -c 'echo out pair; echo err pair >&2; exec sleep 1000'
startsecs=0
[program:cat]
command=/bin/cat
autostart=false
startsecs=0
[program:chatter]
command=/bin/sh -c 'while :; do echo again; sleep 0.1; done'
autostart=false
startsecs=0
[program:talker]
command=/bin/sh -c 'echo one; printf "two \\033[31mred\\n"; echo three; exec sleep 1000'
startsecs=0
`;

let host: TestSupervisord;
let hub: TestHub;
beforeAll(async () => {
  host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS });
  hub = await startHub(place, { supervisors: [host] });
  await hub.live("lid001");
  for (const uid of ["lid001:talker:talker", "lid001:PLC:a"])
    await waitFor(`${uid} to run`, async () => (await stateOf(uid)) === "RUNNING");
}, 60_000);

const cli = (...args: string[]): Promise<RunResult> => runCli(place, hub, ...args);
const stateOf = async (uid: string) => (await hub.process(uid))?.statename;
const lines = (text: string) => text.trimEnd().split("\n");

describe("other commands", () => {
  test("signal", async () => {
    expect(await cli("signal", "HUP", "talker")).toMatchObject({ stdout: "lid001:talker:talker: signalled\n" });
    expect(await cli("signal", "NOSUCH", "PLC:a")).toMatchObject({
      ...{ stdout: "lid001:PLC:a: ERROR (bad signal name)\n", exitCode: 1 },
    });
    expect(await cli("signal", "HUP", "off")).toMatchObject({
      ...{ stdout: "lid001:off:off: ERROR (not running)\n", exitCode: 7 },
    });
    expect((await cli("signal", "HUP", "nosuch")).exitCode).toBe(1);
  });

  test("pid prints numbers, as supervisorctl does", async () => {
    const pid = await host.pidOf("PLC:a");
    expect(await cli("pid", "PLC:a")).toEqual({ stdout: `${pid}\n`, stderr: "", exitCode: 0 });
    expect(await cli("pid", "off")).toMatchObject({ stdout: "0\n", exitCode: 7 });
    expect(await cli("pid", "nosuch")).toMatchObject({ stdout: "", exitCode: 1 });
    expect((await cli("pid")).stdout).toContain(String(host.pid()));
  });

  test("supervisors", async () => {
    const { stdout, exitCode } = await cli("supervisors");
    expect(stdout).toMatch(/^NAME +LINK .*\nlid001 +live /);
    expect(exitCode).toBe(0);
    expect((await cli("supervisors", "nosuch")).exitCode).toBe(1);
  });

  test("wait waits for a state, and no longer than --timeout", async () => {
    expect((await cli("wait", "PLC:a", "--for", "RUNNING,STARTING")).exitCode).toBe(0);
    const late = await cli("wait", "off", "--for", "running", "--timeout", "300ms");
    expect(late.stderr).toBe("not running after 300ms: lid001:off:off\n");
    expect(late.exitCode).toBe(4);
    expect((await cli("wait", "off", "--for", "GONE")).exitCode).toBe(2);
    const waiting = cli("wait", "off", "--for", "RUNNING", "--timeout", "20s");
    expect((await cli("start", "off")).exitCode).toBe(0);
    expect((await waiting).exitCode).toBe(0);
    await cli("stop", "off");
  });

  test("history", async () => {
    await cli("restart", "PLC:a");
    const { stdout, exitCode } = await cli("history", "PLC:a", "-n", "2");
    expect(lines(stdout)).toHaveLength(3);
    expect(stdout).toMatch(/^TIME +UID +FROM +TO/);
    expect(exitCode).toBe(0);
    expect((await cli("history", "-n", "0")).exitCode).toBe(2);
    expect(await cli("history", "nosuch", "PLC:*", "-n", "1")).toMatchObject({
      ...{ stderr: "nosuch: ERROR (no such process)\n", exitCode: 1 },
    });
    expect(lines((await cli("history", "state:run", "name:a", "-n", "1")).stdout)[1]).toContain("lid001:PLC:a ");
    expect((await cli("history", "--since", "yesterday")).stderr).toContain("--since");
  });

  test("reread and update say what supervisorctl says", async () => {
    expect(await cli("reread")).toMatchObject({ stdout: "lid001: No config updates to processes\n", exitCode: 0 });
    host.rewrite(`${PROGRAMS}[program:added]\ncommand=/bin/sleep 1000\n`);
    expect((await cli("reread", "lid001")).stdout).toBe("lid001: added: available\n");
    expect((await cli("update", "lid001")).stdout).toBe("lid001: added: added process group\n");
    host.rewrite(PROGRAMS);
    expect((await cli("update", "all")).stdout).toBe("lid001: added: removed process group\n");
    expect(await cli("update", "nosuch")).toMatchObject({ exitCode: 1, stdout: "" });
  });

  test("events are one JSON object a line, until Ctrl-C", async () => {
    const proc = Bun.spawn(multivisor("cli", "--url", hub.url, "events", "--only", "notification"), {
      ...{ env: place.env, stdin: "ignore", stdout: "pipe", stderr: "pipe" },
    });
    let text = "";
    const decoder = new TextDecoder();
    const reading = (async () => {
      for await (const bytes of proc.stdout) text += decoder.decode(bytes, { stream: true });
    })();
    await waitFor("an event", async () => {
      await cli("restart", "PLC:b");
      return text.includes("STARTING to RUNNING");
    });
    proc.kill("SIGINT");
    await reading;
    for (const line of lines(text)) expect(JSON.parse(line)).toMatchObject({ event: "notification" });
    expect(await proc.exited).toBe(130);
  });

  test("tail -f ends when nobody reads on", async () => {
    const words = multivisor("cli", "--url", hub.url, "tail", "-f", "chatter").join(" ");
    expect((await cli("start", "chatter")).exitCode).toBe(0);
    expect((await run(place, ["sh", "-c", `${words} | head -n 1`])).stdout).toBe("again\n");
    await cli("stop", "chatter");
  });

  test("tail, search and maintail", async () => {
    expect(await cli("tail", "-n", "2", "talker")).toEqual({
      ...{ stdout: "two \\x1b[31mred\nthree\n", stderr: "", exitCode: 0 },
    });
    expect((await cli("tail", "--raw", "-n", "2", "--grep", "^two", "talker")).stdout).toBe("two \x1b[31mred\n");
    expect((await cli("tail", "nosuch")).exitCode).toBe(1);
    expect(await cli("search", "THREE", "talker", "-i", "--before", "1", "-n", "1")).toMatchObject({
      ...{ stdout: "two \\x1b[31mred\nthree\n", exitCode: 0 },
    });
    expect((await cli("search", "nosuchtext", "talker")).exitCode).toBe(1);
    expect((await cli("maintail", "lid001")).stdout).toContain("entered RUNNING state");
    expect(await cli("clear", "talker")).toMatchObject({ stdout: "lid001:talker:talker: cleared\n", exitCode: 0 });
    expect((await cli("tail", "talker")).stdout).toBe("");
  });

  test("tail of several: merged, each line with its uid; --stderr, --grep, and the channel as supervisorctl has it", async () => {
    const merged = "lid001:PLC:a     | out a\nlid001:pair:pair | out pair\n";
    expect(await cli("tail", "-n", "1", "PLC:a", "pair")).toEqual({ stdout: merged, stderr: "", exitCode: 0 });
    expect((await cli("tail", "--stderr", "PLC:a", "pair", "--grep", "pair$")).stdout).toBe(
      "lid001:pair:pair | err pair\n",
    );
    expect((await cli("tail", "pair", "stderr")).stdout).toBe("err pair\n");
    expect((await cli("tail", "-100", "pair")).stderr).toBe("multivisor: unknown option -100: did you mean -n 100?\n");
  });

  test("stdin", async () => {
    expect((await cli("start", "cat")).exitCode).toBe(0);
    expect(await cli("stdin", "--text", "say this", "cat")).toMatchObject({
      stdout: "lid001:cat:cat: sent\n",
      exitCode: 0,
    });
    await waitFor("its answer", async () => (await cli("tail", "cat")).stdout === "say this\n");
    expect(await cli("stdin", "--text", "x", "off")).toMatchObject({
      ...{ stdout: "lid001:off:off: ERROR (not running)\n", exitCode: 1 },
    });
    await cli("stop", "cat");
  });

  test("uptime", async () => {
    const { stdout, exitCode } = await cli("uptime", "PLC:*", "--since", "1h");
    expect(stdout).toMatch(/^KEY +AVAILABLE% +UP%/);
    expect(stdout).toContain("lid001:PLC:a");
    expect(exitCode).toBe(0);
    expect((await cli("uptime", "--by", "moon")).exitCode).toBe(2);
    expect(await cli("uptime", "nosuch")).toEqual({
      ...{ stdout: "", stderr: "nosuch: ERROR (no such process)\n", exitCode: 1 },
    });
    expect((await cli("uptime", "--by", "group", "a", "b")).stderr).toContain("--by group takes one pattern");
  });

  test("what an older hub does not know is said in one line", async () => {
    const data = await (await hub.get("/api/data")).text();
    const old = Bun.serve({
      ...{ port: 0, hostname: "127.0.0.1" },
      fetch: ({ url }) => (url.endsWith("/api/data") ? new Response(data) : new Response("", { status: 404 })),
    });
    place.defer(() => old.stop(true));
    for (const words of [["stdin", "--text", "x", "PLC:a"], ["uptime"], ["tail", "PLC:a"], ["start", "PLC:a"]]) {
      const { stdout, stderr, exitCode } = await runCli(place, { port: old.port ?? 0 }, ...words);
      expect(stderr).toMatch(/^multivisor: this hub is older than this command line: .* has no \w+ \/api\/.*\n$/);
      expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
    }
  });

  test("version, help, help exit-codes", async () => {
    expect(await cli("version")).toEqual({ stdout: `${version}\n`, stderr: "", exitCode: 0 });
    expect((await cli("help")).stdout).toContain("restart");
    expect((await cli("help", "exit-codes")).stdout).toContain("130");
    expect((await cli("help", "restrat")).stderr).toBe('multivisor: no help on "restrat": did you mean "restart"?\n');
  });

  test("reload and shutdown", async () => {
    expect(await cli("reload", "lid001")).toMatchObject({ stdout: "lid001: Restarted supervisord\n", exitCode: 0 });
    await waitFor("supervisord to be back", async () => (await cli("supervisors")).exitCode === 0);
    await waitFor("a to run", async () => (await stateOf("lid001:PLC:a")) === "RUNNING");
  });
});
