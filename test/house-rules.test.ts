import { expect, test } from "bun:test";
import { homedir } from "node:os";
import { basename } from "node:path";
import { ROOT, type SourceFile, sourceFiles } from "./support/source-files.ts";

const MOST_LINES = 300;

const SQL =
  /"bun:sqlite"|"drizzle-orm|\b(?:SELECT\s[^;]*\sFROM|INSERT\s(?:OR\s\w+\s)?INTO|DELETE\sFROM|CREATE\s(?:TABLE|INDEX)|PRAGMA\s\w+)\b/;
const mayHoldSql = ({ path }: SourceFile) => path.startsWith("hub/store/") || path.startsWith("agent/journal");

const isCommandFile = ({ path }: SourceFile) => basename(path) === "command.ts";

/** Comments may speak of what code must not do. */
const code = ({ text }: SourceFile) => text.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, "");

async function offenders(isOffence: (file: SourceFile) => boolean): Promise<string[]> {
  return (await sourceFiles()).filter((file) => !file.isTest && isOffence(file)).map((file) => file.path);
}

test("SQL stands in the hub's store and in the agent's journal, nowhere else", async () => {
  expect(await offenders((file) => !mayHoldSql(file) && SQL.test(code(file)))).toEqual([]);
});

test("only command files read the environment", async () => {
  expect(await offenders((file) => !isCommandFile(file) && /\b(?:process|Bun)\.env\b/.test(code(file)))).toEqual([]);
});

test("only main.ts and command files end the program", async () => {
  const mayEnd = (file: SourceFile) => file.path === "main.ts" || isCommandFile(file);
  expect(await offenders((file) => !mayEnd(file) && /\bprocess\.exit\(/.test(code(file)))).toEqual([]);
});

test("exports have names", async () => {
  expect(await offenders((file) => /^export default\b/m.test(file.text))).toEqual([]);
});

test(`no source file is longer than ${MOST_LINES} lines`, async () => {
  const tooLong = (await sourceFiles()).filter(({ text }) => text.trimEnd().split("\n").length > MOST_LINES);
  expect(tooLong.map(({ path }) => path)).toEqual([]);
});

test("no file names a folder of the machine it was written on", () => {
  // Not /root or the like, which are the same everywhere.
  const folders = [ROOT, homedir()].filter((folder) => folder.split("/").length > 2).map((folder) => `${folder}/`);
  const grep = Bun.spawnSync(
    ["git", "grep", "-nIF", ...folders.flatMap((folder) => ["-e", folder]), "--", ".", ":!package-lock.json"],
    { cwd: ROOT },
  );
  if (grep.exitCode > 1) return; // no git, or not a clone: nothing to compare
  expect(grep.stdout.toString()).toBe("");
});
