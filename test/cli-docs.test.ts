import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { allCommands, COMMANDS } from "../src/cli/commands.ts";
import { reference } from "../src/cli/help/reference.ts";
import { OUTPUT_SCHEMAS } from "../src/cli/output-schemas.ts";

test("docs/cli.md says what the commands are (npm run docs makes it)", async () => {
  const written = readFileSync(join(import.meta.dir, "..", "docs", "cli.md"), "utf8");
  expect(written).toBe(reference(await allCommands()));
});

test("every command that prints data has its shape described", () => {
  const others = ["login", "logout", "completion", "help"];
  expect(Object.keys(OUTPUT_SCHEMAS).sort()).toEqual(
    Object.keys(COMMANDS)
      .filter((name) => !others.includes(name))
      .sort(),
  );
});

test("every command bears the name by which it is found", async () => {
  expect((await allCommands()).map(({ name }) => name)).toEqual(Object.keys(COMMANDS));
});
