import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger } from "../lib/logger.ts";
import { openJournal } from "./journal.ts";
import { tellDamage, watchJournalFile } from "./journal-damage.ts";
import { setAside } from "./open-journal.ts";
import { createRecorder } from "./recorder.ts";

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "journal-"));
  path = join(folder, "j");
});
afterEach(() => rmSync(folder, { recursive: true }));

const sign = { aliveMs: 5, place: null, supervisord: { pid: 9, startTicks: 1 }, stopping: false, cleanStop: true };
const group = (atMs: number) => ({ kind: "group", atMs, group: "g".repeat(500), change: "ADDED" }) as const;

describe("a journal whose file is damaged while it is in use", () => {
  test("says so to whoever can begin a new one, and to whoever read or wrote", () => {
    const first = openJournal(path);
    for (let i = 0; i < 400; i++) first.append([group(i)], sign);
    first.close();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0x55, 20 * 4_096, 24 * 4_096));
    const told: string[] = [];
    const journal = tellDamage(openJournal(path), (what) => told.push(what));
    expect(() => journal.read(0, 1_000)).toThrow();
    expect(told).toEqual([expect.stringMatching(/^The journal .*\/j is damaged \(/)]);
    journal.close();
  });

  test("that is closed is no damage", () => {
    const told: string[] = [];
    const journal = tellDamage(openJournal(path), (what) => told.push(what));
    journal.close();
    expect(() => journal.append([group(1)], sign)).toThrow();
    expect(told).toEqual([]);
  });

  test("is told of when it was deleted", async () => {
    const journal = openJournal(path);
    const watch = watchJournalFile(journal, new AbortController().signal);
    rmSync(path);
    expect(await watch).toBe(`The journal ${path} was removed while it was in use`);
    journal.close();
  }, 60_000);

  test("is told of when it was cut off", async () => {
    const first = openJournal(path);
    first.append([group(1)], sign);
    first.close();
    const journal = openJournal(path);
    const watch = watchJournalFile(journal, new AbortController().signal);
    truncateSync(path, 4_096);
    expect(await watch).toBe(`The journal ${path} was truncated while it was in use`);
    journal.close();
  }, 60_000);

  test("in memory there is nothing to watch; and with the agent the watch ends", async () => {
    expect(await watchJournalFile(openJournal(":memory:"), new AbortController().signal)).toBeNull();
    expect(await watchJournalFile(openJournal(path), AbortSignal.abort())).toBeNull();
  });
});

test("what is left of a journal is set aside, and where nothing is left that is said", () => {
  const lines: string[] = [];
  const log = createLogger("INFO", (line) => lines.push(line.slice(25).trimEnd()));
  setAside(path, "The journal was removed", log);
  writeFileSync(path, "left");
  setAside(path, "The journal is damaged", log, () => 0);
  expect(lines).toEqual([
    "ERROR The journal was removed; a new one begins",
    `ERROR The journal is damaged; it is set aside as ${path}.unreadable-1970-01-01T000000.000Z and a new one begins`,
  ]);
  expect(readdirSync(folder)).toEqual(["j.unreadable-1970-01-01T000000.000Z"]);
});

test("processes that are no more are forgotten; where that cannot be written, a later snapshot does it", () => {
  const lines: string[] = [];
  const log = createLogger("DEBUG", (line) => lines.push(line));
  const journal = openJournal(path);
  const recorder = createRecorder({ journal, now: () => 7, log });
  const transition = {
    kind: "transition",
    atMs: 1,
    group: "g",
    name: "cat",
    fromState: null,
    toState: "RUNNING",
  } as const;
  recorder.record([{ ...transition, pid: 4, expected: null, tries: null, sampled: false }]);
  expect([...journal.lastTransitions().keys()]).toEqual(["g:cat"]);
  recorder.forget(["g:cat"]);
  expect(journal.lastTransitions().size).toBe(0);
  journal.close();
  recorder.forget(["g:cat"]);
  expect(lines).toHaveLength(1);
});
