import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { chmodSync, chownSync, copyFileSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { BINARY } from "./support/executable.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { type RunResult, run } from "./support/run.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

const folder = place.path("alone");
const home = place.path("home");
const binary = `${folder}/multivisor`;

/** env -i, and another user where we may become one. */
const clean = (...args: string[]): string[] => [
  ...(isRoot ? ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"] : []),
  ...["env", "-i", `HOME=${home}`, "PATH=/usr/bin:/bin", binary],
  ...args,
];

const alone = (...args: string[]): Promise<RunResult> => run(place, clean(...args), { cwd: folder });

beforeAll(() => {
  for (const dir of [folder, home]) mkdirSync(dir);
  copyFileSync(BINARY, binary);
  chmodSync(binary, 0o755);
  chmodSync(place.dir, 0o777);
  if (isRoot) for (const path of [folder, home]) chownSync(path, NOBODY, NOBODY);
});

describe("the binary copied alone into an empty folder of a user who has nothing else", () => {
  test("says its version", async () => {
    const { stdout, exitCode } = await alone("--version");
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
    expect(exitCode).toBe(0);
  });

  test.each(["agent", "hub", "cli", "demo"])("explains %s with --help", async (command) => {
    const { stdout, exitCode } = await alone(command, "--help");
    expect(stdout).toContain(command);
    expect(stdout).not.toContain("not in this build");
    expect(exitCode).toBe(0);
  });

  test("as an agent started by hand says in one line how to configure it, with the section to paste", async () => {
    const { stdout, stderr, exitCode } = await alone("agent");
    expect(stdout + stderr).toContain("[eventlistener:multivisor]");
    expect(stdout + stderr).toContain("buffer_size=");
    expect(exitCode).toBe(1);
  });

  describe("as agent, hub and command line", () => {
    let host: TestSupervisord;
    let hub: TestHub;
    beforeAll(async () => {
      const programs = "[program:sleeper]\ncommand=/bin/sleep 1000\nstartsecs=0\n";
      const global = isRoot ? "user=nobody" : "";
      // the agent makes its journal beside supervisord's own files
      mkdirSync(place.path("lid001"));
      if (isRoot) chownSync(place.path("lid001"), NOBODY, NOBODY);
      host = await startSupervisord(place, {
        ...{ name: "lid001", programs, global },
        multivisorCommand: (...args) => [
          "/usr/bin/env",
          "-i",
          `HOME=${home}`,
          "PATH=/usr/bin:/bin",
          ...serverUrl(),
          binary,
          ...args,
        ],
      });
      hub = await startHub(place, { supervisors: [host], command: clean });
      await hub.live("lid001");
    }, 60_000);

    /** What supervisord would give in the environment, which env -i takes away. */
    const serverUrl = () => [
      `SUPERVISOR_SERVER_URL=unix://${place.path("lid001", "s.sock")}`,
      ...["SUPERVISOR_ENABLED=1", "SUPERVISOR_PROCESS_NAME=multivisor", "SUPERVISOR_GROUP_NAME=multivisor"],
    ];

    test("shows the page with its style and scripts", async () => {
      const page = await (await hub.get("/")).text();
      const assets = [...page.matchAll(/(?:href|src)="([^"#?]+\.(?:css|js)[^"]*)"/g)].map((match) => match[1] ?? "");
      expect(assets.length).toBeGreaterThan(1);
      for (const asset of assets) expect((await hub.get(new URL(asset, `${hub.url}/`).pathname)).status).toBe(200);
    });

    test("keeps history", async () => {
      process.kill(await host.pidOf("sleeper:sleeper"), "SIGKILL");
      await waitFor("the death to be in the history", async () => {
        const { items } = await hub.json<{ items: { to_state: string }[] }>("/api/history?uid=lid001:sleeper:sleeper");
        return items.some((item) => item.to_state === "EXITED");
      });
    });

    test("prints status", async () => {
      await waitFor(
        "sleeper to run again",
        async () => (await hub.process("lid001:sleeper:sleeper"))?.statename === "RUNNING",
      );
      const { stdout, exitCode } = await alone("cli", "--url", `127.0.0.1:${hub.port}`, "status");
      expect(stdout).toMatch(/^lid001:sleeper:sleeper +RUNNING +pid \d+, uptime /m);
      expect(exitCode).toBe(0);
    });

    test("is the old command line through a link named multivisor-cli", async () => {
      const link = place.path("multivisor-cli");
      symlinkSync(binary, link);
      const words = clean("--url", `127.0.0.1:${hub.port}`, "status").map((word) => (word === binary ? link : word));
      const { stdout, exitCode } = await run(place, words);
      expect(stdout).toContain("lid001:sleeper:sleeper");
      expect(exitCode).toBe(0);
    });

    test("is the old hub with -c alone", async () => {
      const { stderr, stdout, exitCode } = await alone("-c", `${folder}/no-such.conf`);
      expect(stdout + stderr).toContain("no-such.conf");
      expect(exitCode).toBe(2);
    });

    test("writes nothing beside itself", () => {
      expect(readdirSync(folder)).toEqual(["multivisor"]);
    });
  });
});
