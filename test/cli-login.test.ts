import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { multivisor } from "./support/executable.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { openTestPlace } from "./support/test-place.ts";
import { openTmux } from "./support/tmux.ts";

const place = openTestPlace();
afterAll(() => place.close());

let locked: TestHub;
let open: TestHub;
beforeAll(async () => {
  locked = await startHub(place, { supervisors: [], global: "username=admin\npassword=sesame" });
  open = await startHub(place, { supervisors: [] });
}, 60_000);

const saved = () => place.path(".config", "multivisor", "cli.json");

async function cli(words: readonly string[], stdin = "") {
  const proc = Bun.spawn(multivisor("cli", ...words), {
    ...{ env: { ...place.env, MULTIVISOR_URL: undefined }, stdin: new Blob([stdin]), stdout: "pipe", stderr: "pipe" },
  });
  const [stdout, stderr] = await Promise.all([new Response(proc.stdout).text(), new Response(proc.stderr).text()]);
  return { stdout, stderr, exitCode: await proc.exited };
}

describe("login", () => {
  test("a wrong password is refused in the hub's words, and nothing is kept", async () => {
    expect(await cli(["login", locked.url, "-u", "admin"], "wrong\n")).toEqual({
      ...{ stdout: "", stderr: "multivisor: Invalid username or password\n", exitCode: 1 },
    });
    expect(() => statSync(saved())).toThrow();
  });

  test("keeps the session where its owner alone can read it, and the password nowhere", async () => {
    expect(await cli(["login", locked.url, "--username", "admin"], "sesame\n")).toEqual({
      ...{ stdout: `${locked.url}: logged in\n`, stderr: "", exitCode: 0 },
    });
    expect(statSync(saved()).mode & 0o777).toBe(0o600);
    expect(readFileSync(saved(), "utf8")).not.toContain("sesame");
  });

  test("is the hub that is asked from now on, where no other is named", async () => {
    expect(await cli(["status"])).toEqual({ stdout: "", stderr: "", exitCode: 0 });
    expect((await cli(["--url", locked.url, "supervisors"])).exitCode).toBe(0);
  });

  test("a hub without login is only remembered, and gets nothing of the other's", async () => {
    expect((await cli(["login", open.url])).stdout).toBe(`${open.url}: no login needed\n`);
    const { current, hubs } = JSON.parse(readFileSync(saved(), "utf8"));
    expect(current).toBe(open.url);
    expect(hubs[open.url]).toEqual({});
    expect((await cli(["--url", locked.url, "status"])).exitCode).toBe(0);
  });

  test("logout ends the session at the hub and forgets it", async () => {
    const { cookie } = JSON.parse(readFileSync(saved(), "utf8")).hubs[locked.url];
    expect((await cli(["--url", locked.url, "logout"])).stdout).toBe(`${locked.url}: logged out\n`);
    expect((await cli(["--url", locked.url, "status"])).exitCode).toBe(1);
    expect((await fetch(`${locked.url}/api/data`, { headers: { cookie } })).status).toBe(401);
  });

  test("on a terminal the password is asked for and not shown", async () => {
    const screen = openTmux(place, multivisor("cli", "login", locked.url));
    await screen.sees("username:");
    screen.type("admin");
    screen.keys("Enter");
    await screen.sees("password:");
    screen.type("sesame");
    screen.keys("Enter");
    await screen.sees("logged in");
    await screen.sees("ended with 0");
    expect(screen.lines().join("\n")).not.toContain("sesame");
  });

  test("the prompt asks who you are, where the hub does", async () => {
    await cli(["--url", locked.url, "logout"]);
    const screen = openTmux(place, multivisor("cli", "--url", locked.url));
    await screen.sees("username:");
    screen.type("admin");
    screen.keys("Enter");
    await screen.sees("password:");
    screen.type("sesame");
    screen.keys("Enter");
    await screen.sees("logged in");
    await screen.sees("│ live │");
    expect(screen.lines().join("\n")).not.toContain("sesame");
    screen.keys("C-d");
    await screen.sees("ended with 0");
  });

  test("a token file must hold one token", async () => {
    writeFileSync(place.path("token"), "two words\n");
    const { stderr, exitCode } = await cli(["--url", locked.url, "--token-file", place.path("token"), "status"]);
    expect([stderr, exitCode]).toEqual([
      `multivisor: --token-file: ${place.path("token")} does not hold one token alone\n`,
      2,
    ]);
  });

  test("a file of logins that cannot be read is told of", async () => {
    writeFileSync(saved(), "{");
    const { stderr, exitCode } = await cli(["status"]);
    expect(stderr).toStartWith(`multivisor: Cannot read ${saved()}`);
    expect(exitCode).toBe(2);
  });
});
