import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, symlinkSync } from "node:fs";
import { BINARY, multivisor } from "./support/executable.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { run, runCli } from "./support/run.ts";
import { startSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { openTmux } from "./support/tmux.ts";

const place = openTestPlace();
afterAll(() => place.close());

let hub: TestHub;
beforeAll(async () => {
  const programs =
    "[group:PLC]\nprograms=a,b\n[program:a]\ncommand=/bin/sleep 1000\n[program:b]\ncommand=/bin/sleep 1000\n";
  const host = await startSupervisord(place, { name: "lid001", programs });
  hub = await startHub(place, { supervisors: [host] });
  await hub.live("lid001");
  mkdirSync(place.path("bin"));
  symlinkSync(BINARY, place.path("bin", "multivisor"));
  symlinkSync(BINARY, place.path("bin", "multivisor-cli"));
}, 60_000);

/** What bash would offer for a line that ends with the cursor. */
async function bash(line: string, breaks = "$' \\t\\n\"\\'><=;|&(:'"): Promise<string[]> {
  const script = `
    COMP_WORDBREAKS=${breaks}
    source <(multivisor cli completion bash)
    COMP_LINE="$1"; COMP_POINT=\${#COMP_LINE}
    _multivisor "\${COMP_LINE%% *}"
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await run(place, ["bash", "-c", script, "bash", line], { env: { ...place.env, ...shellEnv() } });
  return stdout.split("\n").filter((one) => one !== "");
}

const shellEnv = () => ({ PATH: `${place.path("bin")}:${process.env.PATH}`, MULTIVISOR_URL: hub.url });

/** What fish would offer. */
async function fish(line: string): Promise<string[]> {
  const script = "multivisor cli completion fish | source; complete -C $argv[1]";
  const { stdout } = await run(place, ["fish", "--no-config", "-c", script, line], {
    env: { ...place.env, ...shellEnv() },
  });
  return stdout
    .split("\n")
    .filter((one) => one !== "")
    .map((one) => one.split("\t")[0] ?? "");
}

describe("completion", () => {
  test("bash: commands, options, their values", async () => {
    expect(await bash("multivisor c")).toEqual(["cli"]);
    expect(await bash("multivisor cli sta")).toEqual(["status", "start"]);
    expect(await bash("multivisor cli stop --dr")).toEqual(["--dry-run"]);
    expect(await bash("multivisor cli status --output nd")).toEqual(["ndjson"]);
    expect(await bash("multivisor-cli resta")).toEqual(["restart"]);
  });

  test("bash: uids from the hub, of which it replaces what follows the last colon", async () => {
    expect(await bash("multivisor cli stop lid001:PLC:")).toEqual(["a", "b"]);
    expect(await bash("multivisor cli stop lid001:PLC:", "$' \\t\\n'")).toEqual(["lid001:PLC:a", "lid001:PLC:b"]);
    expect(await bash("multivisor cli reload l")).toEqual(["lid001"]);
  });

  test("fish: commands, options and uids", async () => {
    expect(await fish("multivisor c")).toEqual(["cli"]);
    expect(await fish("multivisor cli sta")).toEqual(["start", "status"]);
    expect(await fish("multivisor cli stop --dr")).toEqual(["--dry-run"]);
    expect(await fish("multivisor cli stop lid001:PLC:")).toEqual(["lid001:PLC:a", "lid001:PLC:b"]);
    expect(await fish("multivisor-cli resta")).toEqual(["restart"]);
  });

  test("zsh: commands, options and uids, as typed in a terminal", async () => {
    const screen = openTmux(place, ["zsh", "-f"], { env: shellEnv() });
    screen.type("PROMPT='> '; autoload -U compinit && compinit -u -D; source <(multivisor cli completion zsh); clear");
    screen.keys("Enter");
    await screen.sees(/^> $|^>$/m);
    for (const [typed, completed] of [
      ["multivisor c", "multivisor cli"],
      ["multivisor cli resta", "multivisor cli restart"],
      ["multivisor cli stop --dr", "multivisor cli stop --dry-run"],
      ["multivisor cli reload l", "multivisor cli reload lid001"],
      ["multivisor-cli stop lid001:PLC:a", "multivisor-cli stop lid001:PLC:a"],
    ] as const) {
      screen.type(typed);
      screen.keys("Tab");
      screen.type("Z"); // after the space that ends a word
      await screen.sees(`> ${completed} Z`);
      screen.keys("C-u");
    }
    screen.type("multivisor cli stop lid001:PLC:");
    screen.keys("Tab");
    await screen.sees(/lid001:PLC:a\s+lid001:PLC:b/);
  });

  test("says nothing where the hub does not answer", async () => {
    const answer = await run(
      place,
      multivisor("cli", "--url", "127.0.0.1:1", "completion", "--words", "--", "stop", ""),
    );
    expect(answer).toEqual({ stdout: "", stderr: "", exitCode: 0 });
  });

  test.each(["bash", "zsh", "fish"])("there is a script for %s", async (shell) => {
    const { stdout, exitCode } = await runCli(place, hub, "completion", shell);
    expect(stdout).toContain("completion --words --");
    expect(exitCode).toBe(0);
  });

  test("for other shells there is none", async () => {
    expect((await runCli(place, hub, "completion", "csh")).exitCode).toBe(2);
  });
});
