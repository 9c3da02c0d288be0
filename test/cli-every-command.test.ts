import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { COMMANDS } from "../src/cli/commands.ts";
import { multivisor } from "./support/executable.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { run, runCli } from "./support/run.ts";
import { openTestPlace } from "./support/test-place.ts";

const place = openTestPlace();
afterAll(() => place.close());

/** asks for a password, and has no supervisors */
let locked: TestHub;
beforeAll(async () => {
  locked = await startHub(place, { supervisors: [], global: "username=admin\npassword=sesame" });
}, 60_000);

const EACH: readonly (readonly string[])[] = [
  ["status"],
  ["start", "x"],
  ["stop", "x"],
  ["restart", "x"],
  ["signal", "HUP", "x"],
  ["stdin", "--text", "x", "x"],
  ["tail", "x"],
  ["search", "x", "x"],
  ["clear", "x"],
  ["maintail", "all"],
  ["wait", "x"],
  ["pid"],
  ["events"],
  ["history"],
  ["uptime"],
  ["why", "x"],
  ["supervisors"],
  ["avail"],
  ["reread"],
  ["update", "all"],
  ["add", "lid001:PLC"],
  ["remove", "lid001:PLC"],
  ["reload", "all"],
  ["shutdown", "all"],
  ["refresh-status"],
];

/** without a hub, or with what they tell of it */
const ALONE = ["login", "logout", "version", "completion", "help"];

describe("every command", () => {
  test("is tried here", () => {
    expect([...new Set(EACH.map(([name]) => name)), ...ALONE].toSorted()).toEqual(Object.keys(COMMANDS).toSorted());
  });

  test.each(EACH.map((words) => [words.join(" "), words] as const))("%s: no hub there", async (_, words) => {
    const { stdout, stderr, exitCode } = await run(place, multivisor("cli", "--url", "127.0.0.1:1", ...words));
    expect({ stdout, stderr, exitCode }).toEqual({
      ...{ stdout: "", stderr: "multivisor: http://127.0.0.1:1 refused connection\n", exitCode: 4 },
    });
  });

  test.each(EACH.map((words) => [words.join(" "), words] as const))("%s: not logged in", async (_, words) => {
    expect(await runCli(place, locked, ...words)).toEqual({
      ...{ stdout: "", stderr: "multivisor: Server requires authentication: multivisor cli login\n", exitCode: 1 },
    });
  });
});
