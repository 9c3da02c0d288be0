import { Database } from "bun:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Unnumbered } from "../domain/journal-entry.ts";
import { createLogger } from "../lib/logger.ts";
import { type LastSign, openJournal } from "./journal.ts";
import { openJournalFile } from "./open-journal.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "journal-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const sign: LastSign = {
  aliveMs: 5,
  place: { serial: 3, poolserial: 2 },
  supervisord: { pid: 9, startTicks: 1 },
  stopping: false,
  cleanStop: true,
};
const exited = (atMs: number, name = "cat"): Unnumbered =>
  ({
    ...{ kind: "transition", atMs, group: "g", name, fromState: "RUNNING", toState: "EXITED" },
    ...{ pid: 4, expected: false, tries: null, sampled: false },
  }) as Unnumbered;
const never = { beforeMs: 0, maxBytes: 1e12, limit: 100 };

describe("the journal", () => {
  test("goes on where it was after a restart, with the same epoch", () => {
    const path = join(folder, "j");
    const first = openJournal(path);
    first.append([exited(1), exited(2, "dog")], sign);
    first.close();
    const second = openJournal(path);
    expect(second.epoch).toBe(first.epoch);
    expect(second.lastSign()).toEqual(sign);
    expect(second.append([exited(3)], sign)[0]?.seq).toBe(3);
    expect(second.read(1, 10).map(({ json }) => JSON.parse(json))).toEqual([
      { seq: 2, ...exited(2, "dog") },
      { seq: 3, ...exited(3) },
    ]);
    expect([...second.lastTransitions()].map(([name, t]) => [name, t.atMs])).toEqual([
      ["g:cat", 3],
      ["g:dog", 2],
    ]);
    second.close();
  });
  test.each([
    ["the same run of the machine", "boot1", false, 2],
    ["an orderly stop", "boot2", true, 2],
    ["a power cut, which may have taken numbers that a hub has seen", "boot2", false, 100_002],
  ])("numbers go on after %s", (_, bootId, cleanStop, seq) => {
    const path = join(folder, "j");
    const first = openJournal(path, "boot1");
    first.append([exited(1)], { ...sign, cleanStop });
    first.close();
    const second = openJournal(path, bootId);
    expect(second.append([exited(2)], sign)[0]?.seq).toBe(seq);
    second.close();
  });
  test("does not know which supervisord it heard, once the machine has started anew: its process id may be another's", () => {
    const path = join(folder, "j");
    for (const [bootId, pid] of [
      ["boot1", undefined],
      ["boot1", 9],
      ["boot2", undefined],
      ["boot2", undefined],
    ] as const) {
      const journal = openJournal(path, bootId);
      expect(journal.lastSign().supervisord?.pid).toBe(pid);
      if (bootId === "boot1") journal.append([exited(1)], sign);
      journal.close();
    }
  });
  test("goes on where it was, where an agent had written it that knew of a supervisord its process id alone", () => {
    const path = join(folder, "j");
    const first = openJournal(path);
    first.append([exited(1)], sign);
    first.close();
    const file = new Database(path);
    file.run("ALTER TABLE meta DROP COLUMN supervisord_start");
    file.run("PRAGMA user_version = 1");
    file.close();
    const second = openJournal(path);
    expect(second.epoch).toBe(first.epoch);
    expect(second.lastSign()).toEqual({ ...sign, supervisord: { pid: 9, startTicks: null } });
    second.append([exited(2)], sign);
    expect(second.lastSign()).toEqual(sign);
    second.close();
  });
  test("is written by one agent only", () => {
    const path = join(folder, "j");
    const first = openJournal(path);
    first.append([exited(1)], sign);
    expect(() =>
      openJournalFile(
        [path],
        createLogger("ERROR", () => {}),
      ),
    ).toThrow("another process has it open");
    first.close();
  });
  test("forgets the oldest first and never gives a number twice", () => {
    const journal = openJournal(join(folder, "j"));
    journal.append([exited(1), exited(2), exited(3)], sign);
    expect(journal.expire({ ...never, beforeMs: 3 })).toBe(2);
    expect(journal.oldestSeq()).toBe(3);
    expect(journal.expire({ ...never, beforeMs: 9 })).toBe(1);
    expect(journal.oldestSeq()).toBe(4);
    journal.close();
    const again = openJournal(join(folder, "j"));
    expect(again.append([exited(9)], sign)[0]?.seq).toBe(4);
    expect(again.lastTransitions().size).toBe(1);
    again.close();
  });
  test("stays below its size, and gives the space back", () => {
    const path = join(folder, "j");
    const journal = openJournal(path);
    for (let i = 0; i < 40; i++)
      journal.append(
        Array.from({ length: 500 }, (_, n) => exited(i, `process_${n}`)),
        sign,
      );
    const maxBytes = 512 * 1_024;
    let steps = 0;
    while (journal.expire({ beforeMs: 0, maxBytes, limit: 200 }) > 0 && steps < 1_000) steps += 1;
    journal.close();
    expect(statSync(path).size).toBeLessThan(maxBytes * 1.5);
    expect(openJournal(path).newestSeq()).toBe(20_000);
  });
  test.each([
    ["text", "this is no database, but long enough to look like a file of some kind"],
    ["nothing", ""],
  ])("a file that holds %s does not keep the agent from working", (_, content) => {
    const lines: string[] = [];
    const path = join(folder, "j");
    writeFileSync(path, content);
    const journal = openJournalFile(
      [path],
      createLogger("INFO", (line) => lines.push(line)),
    );
    expect(journal.append([exited(1)], sign)).toHaveLength(1);
    journal.close();
    const aside = readdirSync(folder).filter((file) => file.includes("unreadable"));
    expect(aside).toHaveLength(content === "" ? 0 : 1);
    expect(lines.filter((line) => line.includes("set aside"))).toHaveLength(aside.length);
  });
  test("a damaged database is set aside and a new epoch begins", () => {
    const path = join(folder, "j");
    const first = openJournal(path);
    for (let i = 0; i < 50; i++)
      first.append(
        Array.from({ length: 100 }, () => exited(i)),
        sign,
      );
    first.close();
    const bytes = readFileSync(path);
    bytes.fill(0x55, 4_096);
    writeFileSync(path, bytes);
    const second = openJournalFile(
      [path],
      createLogger("ERROR", () => {}),
    );
    expect(second.epoch).not.toBe(first.epoch);
    expect(second.newestSeq()).toBe(0);
    second.close();
  });
  test("a folder that cannot be written leaves a journal in memory", () => {
    const lines: string[] = [];
    const journal = openJournalFile(
      ["/proc/nothing/here/j"],
      createLogger("INFO", (line) => lines.push(line)),
    );
    expect(journal.append([exited(1)], sign)).toHaveLength(1);
    expect(lines.join()).toContain("it is in memory and ends with this agent");
  });
});
