import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { Value } from "@sinclair/typebox/value";
import { OUTPUT_SCHEMAS } from "../src/cli/output-schemas.ts";
import { multivisor } from "./support/executable.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { runCli } from "./support/run.ts";
import { startSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = `
[program:a]
command=/bin/sh -c 'echo hello; exec cat'
startsecs=0
[program:broken]
command=/bin/false
autostart=false
startretries=0
`;

let hub: TestHub;
beforeAll(async () => {
  const host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS });
  hub = await startHub(place, { supervisors: [host] });
  await hub.live("lid001");
  await waitFor("a to run", async () => (await hub.process("lid001:a:a"))?.statename === "RUNNING");
}, 60_000);

/** What does not fit the schema, in words; empty where all does. */
function misfits(command: string, rows: readonly unknown[]): string[] {
  const schema = OUTPUT_SCHEMAS[command]?.row;
  if (schema === undefined) return ["no schema"];
  const strict = { ...schema, additionalProperties: false };
  return rows.flatMap((row) => [...Value.Errors(strict, row)].map(({ path, message }) => `${path} ${message}`));
}

const cases: readonly (readonly string[])[] = [
  ["status"],
  ["refresh-status", "a"],
  ["version"],
  ["supervisors"],
  ["pid"],
  ["pid", "a"],
  ["restart", "a"],
  ["restart", "a", "--dry-run"],
  ["start", "a", "nosuch"],
  ["start", "broken"],
  ["stop", "broken"],
  ["wait", "a"],
  ["signal", "CONT", "a"],
  ["stdin", "--text", "x", "a"],
  ["avail"],
  ["reread"],
  ["update", "all"],
  ["add", "lid001:a"],
  ["remove", "lid001:a"],
  ["history"],
  ["uptime"],
  ["why", "a"],
  ["clear", "a"],
];

/** Objects a line, tried below and in another place. */
const LINES = ["tail", "search", "maintail", "events"];

test("every shape is tried", () => {
  expect([...new Set(cases.map(([name]) => name)), "reload", "shutdown", ...LINES].toSorted()).toEqual(
    Object.keys(OUTPUT_SCHEMAS).toSorted(),
  );
});

describe("--json is an array as docs/cli.md describes it, and ndjson the same a line", () => {
  test.each(cases.map((words) => [words.join(" "), words] as const))("%s", async (_, words) => {
    const [command = ""] = words;
    const { stdout, stderr } = await runCli(place, hub, ...words, "--json");
    expect(stderr).not.toContain("multivisor:");
    const rows = JSON.parse(stdout) as unknown[];
    expect(misfits(command, rows)).toEqual([]);
    expect(rows.length).toBeGreaterThan(0);
    const again = await runCli(place, hub, ...words, "--output", "ndjson");
    const lines = again.stdout.trimEnd().split("\n");
    expect(
      misfits(
        command,
        lines.map((line) => JSON.parse(line)),
      ),
    ).toEqual([]);
    const csv = await runCli(place, hub, ...words, "-o", "csv");
    expect(csv.stdout.split("\r\n")[0]).toMatch(/^[a-z_ %]+(,[a-z_ %]+)*$/);
  });

  test("events too, until Ctrl-C", async () => {
    const proc = Bun.spawn(multivisor("cli", "--url", hub.url, "events", "--json"), {
      ...{ env: place.env, stdin: "ignore", stdout: "pipe", stderr: "ignore" },
    });
    let text = "";
    const reading = (async () => {
      for await (const bytes of proc.stdout) text += Buffer.from(bytes).toString();
    })();
    await waitFor("events", async () => {
      await runCli(place, hub, "restart", "a");
      return text.includes('"notification"') && text.includes('"process_changed"');
    });
    proc.kill("SIGINT");
    await reading;
    const rows = text.trimEnd().split("\n");
    expect(
      misfits(
        "events",
        rows.map((line) => JSON.parse(line)),
      ),
    ).toEqual([]);
  });

  test("tail, search and maintail print objects a line", async () => {
    const logs = [
      ["tail", "a"],
      ["search", "hello", "a"],
      ["maintail", "lid001"],
    ];
    await runCli(place, hub, "restart", "a");
    for (const words of logs) {
      const { stdout } = await runCli(place, hub, ...words, "--json");
      const lines = stdout.trimEnd().split("\n");
      expect(
        misfits(
          words[0] ?? "",
          lines.map((line) => JSON.parse(line)),
        ),
      ).toEqual([]);
    }
  });

  test("reload and shutdown", async () => {
    for (const command of ["reload", "shutdown"]) {
      await waitFor("it to be there", async () => (await runCli(place, hub, "status", "a")).exitCode === 0);
      const { stdout } = await runCli(place, hub, command, "lid001", "--json");
      expect(misfits(command, JSON.parse(stdout))).toEqual([]);
    }
  });
});
