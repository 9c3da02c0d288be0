import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { multivisor } from "./support/executable.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { run } from "./support/run.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS =
  "[program:a]\ncommand=/bin/sleep 1000\nstartsecs=0\n[program:b]\ncommand=/bin/sleep 1000\nstartsecs=0\n";
const TOKEN = "a-token-of-a-script-0123456789";

let host: TestSupervisord;
let hub: TestHub;
beforeAll(async () => {
  host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS });
  const sha256 = new Bun.CryptoHasher("sha256").update(TOKEN).digest("hex");
  hub = await startHub(place, {
    supervisors: [host],
    global: `username=admin
password=sesame
[user:bob]
password=viewer
role=viewer
[user:ann]
password=operator
role=operator
filter=name:a
[token:ci]
sha256=${sha256}
role=operator`,
  });
  writeFileSync(place.path("token"), `${TOKEN}\n`);
  await waitFor("a to run", async () => (await as("admin:sesame", "status", "lid001:a:a")).exitCode === 0);
}, 60_000);

const as = (who: string, ...words: string[]) =>
  run(place, multivisor("cli", "--url", `http://${who}@127.0.0.1:${hub.port}`, ...words));
const withToken = (...words: string[]) =>
  run(place, multivisor("cli", "--url", hub.url, "--token-file", place.path("token"), ...words));

describe("who may not", () => {
  test("a group of a supervisord: told so, and nothing is done", async () => {
    const pid = await host.pidOf("a:a");
    const { stdout, stderr, exitCode } = await as("bob:viewer", "update", "lid001:a");
    expect(exitCode).toBe(1);
    expect(`${stdout}${stderr}`).toMatch(/^[^\n]*viewer[^\n]*\n$/);
    expect(await host.pidOf("a:a")).toBe(pid);
  });

  test("reads all the same", async () => {
    expect((await as("bob:viewer", "status", "a")).exitCode).toBe(0);
    expect((await as("bob:viewer", "history", "-n", "1")).exitCode).toBe(0);
  });

  test("sees nothing of what is not theirs", async () => {
    const { stdout } = await as("ann:operator", "status");
    expect(stdout).toContain("lid001:a:a");
    expect(stdout).not.toContain("lid001:b:b");
    expect((await as("ann:operator", "stop", "lid001:b:b")).stdout).toBe("lid001:b:b: ERROR (no such process)\n");
    expect((await as("ann:operator", "restart", "a")).stdout).toBe("lid001:a:a: restarted\n");
  });
});

describe("a token", () => {
  test("of a file lets in", async () => {
    expect((await withToken("restart", "b")).stdout).toBe("lid001:b:b: restarted\n");
  });

  test("is kept by login", async () => {
    expect((await withToken("login")).stdout).toBe(`${hub.url}: logged in\n`);
    expect((await run(place, multivisor("cli", "status", "a"))).exitCode).toBe(0);
  });
});
