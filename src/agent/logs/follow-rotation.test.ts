import { afterEach, describe, expect, test } from "bun:test";
import { appendFileSync, renameSync, truncateSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folder, follow, leaveLogs, lines, rotate } from "../../../test/support/followed-log.ts";
import { waitFor } from "../../../test/support/wait-for.ts";

afterEach(leaveLogs);

describe("following a log whose file changes", () => {
  test("goes on through rotations, every line once and in order", async () => {
    const path = join(folder(), "a.log");
    writeFileSync(path, "");
    const log = follow(path);
    await log.began();
    for (let n = 0; n < 200; n++) {
      appendFileSync(path, lines(n * 50, n * 50 + 50));
      if (n % 3 === 2) rotate(path, 100);
      if (n % 10 === 0) await Bun.sleep(1);
    }
    await waitFor("all lines", () => log.text().length >= lines(0, 10_000).length);
    expect(log.text()).toBe(lines(0, 10_000));
  });

  test("reads the rest of a file that was rotated twice before it was looked at", async () => {
    const path = join(folder(), "a.log");
    writeFileSync(path, "");
    const log = follow(path);
    await log.began();
    const resume = log.pause();
    appendFileSync(path, "first\n");
    await waitFor("the first piece", () => log.text() === "first\n");
    appendFileSync(path, "rest of the first\n");
    rotate(path, 5);
    appendFileSync(path, "second\n");
    rotate(path, 5);
    appendFileSync(path, "third\n");
    resume();
    await waitFor("the third", () => log.text().endsWith("third\n"));
    expect(log.text()).toBe("first\nrest of the first\nsecond\nthird\n");
    expect(log.notes()).toEqual(["rotated", "rotated"]);
  });

  test("says that bytes are missing where backups were deleted before they could be read", async () => {
    const path = join(folder(), "a.log");
    writeFileSync(path, "");
    const log = follow(path);
    await log.began();
    const resume = log.pause();
    appendFileSync(path, "first\n");
    await waitFor("the first piece", () => log.text() === "first\n");
    for (const word of ["lost", "second", "third", "fourth"]) {
      rotate(path, 2);
      appendFileSync(path, `${word}\n`);
    }
    resume();
    await waitFor("the last", () => log.text().endsWith("fourth\n"));
    expect(log.text()).toBe("first\nsecond\nthird\nfourth\n");
    expect(log.skipped()).toEqual([null]);
  });

  test("misses no backup that is still there when the one that it was reading is deleted", async () => {
    const path = join(folder(), "a.log");
    writeFileSync(path, "");
    const log = follow(path);
    await log.began();
    const resume = log.pause();
    const resumeSecond = log.pauseAt("second\n");
    appendFileSync(path, "first\n");
    await waitFor("the first", () => log.text() === "first\n");
    const write = (word: string) => {
      rotate(path, 3);
      appendFileSync(path, `${word}\n`);
    };
    for (const word of ["second", "third", "fourth"]) write(word);
    resume();
    await waitFor("the second", () => log.text() === "first\nsecond\n");
    for (const word of ["fifth", "sixth"]) write(word);
    resumeSecond();
    await waitFor("the last", () => log.text().endsWith("sixth\n"));
    expect(log.text()).toBe("first\nsecond\nthird\nfourth\nfifth\nsixth\n");
  });

  test("goes on from a cursor, wherever that file is now", async () => {
    const path = join(folder(), "a.log");
    writeFileSync(path, "one\n");
    const before = follow(path, { backBytes: 100 });
    await waitFor("the first", () => before.text() === "one\n");
    const from = before.cursor();
    appendFileSync(path, "two\n");
    rotate(path, 5);
    appendFileSync(path, "three\n");
    rotate(path, 5);
    appendFileSync(path, "four\n");
    const after = follow(path, { from });
    await waitFor("the rest", () => after.text() === "two\nthree\nfour\n");
    unlinkSync(`${path}.2`);
    const gone = follow(path, { from, backBytes: 5 });
    await waitFor("the end", () => gone.text() === "four\n");
    expect(gone.skipped()).toEqual([null]);
  });

  test("begins anew after clearProcessLogs, though backups stay and the inode comes back", async () => {
    const path = join(folder(), "a.log");
    writeFileSync(`${path}.1`, "an old backup\n");
    writeFileSync(path, "before\n");
    const log = follow(path);
    await log.began();
    for (let n = 0; n < 5; n++) {
      appendFileSync(path, `more ${n}\n`);
      await waitFor("what was written", () => log.text().endsWith(`more ${n}\n`));
      unlinkSync(path);
      writeFileSync(path, "");
      await waitFor("the news", () => log.notes().length === n + 1);
    }
    expect(log.text()).toBe("more 0\nmore 1\nmore 2\nmore 3\nmore 4\n");
    expect(new Set(log.notes())).toEqual(new Set(["cleared"]));
  });

  test("begins anew after a truncation, even where the file has grown beyond its former size", async () => {
    const path = join(folder(), "a.log");
    writeFileSync(path, "");
    const log = follow(path);
    await log.began();
    appendFileSync(path, "one two three\n");
    await waitFor("the first", () => log.text().length > 0);
    truncateSync(path);
    appendFileSync(path, "four\n");
    await waitFor("the second", () => log.text().endsWith("four\n"));
    const resume = log.pause();
    appendFileSync(path, "five\n");
    await waitFor("the third", () => log.text().endsWith("five\n"));
    truncateSync(path);
    appendFileSync(path, "six, which is longer than all that was there before\n");
    resume();
    await waitFor("the fourth", () => log.text().endsWith("before\n"));
    expect(log.text()).toBe("one two three\nfour\nfive\nsix, which is longer than all that was there before\n");
    expect(log.notes()).toEqual(["truncated", "truncated"]);
  });

  test("stays with a renamed file until something is in the new one: supervisord still writes to it", async () => {
    const path = join(folder(), "a.log");
    writeFileSync(path, "");
    const log = follow(path);
    await log.began();
    renameSync(path, `${path}-20261124`);
    writeFileSync(path, "");
    appendFileSync(`${path}-20261124`, "to the old one\n");
    await waitFor("the old one", () => log.text() === "to the old one\n");
    appendFileSync(path, "to the new one\n");
    await waitFor("the new one", () => log.text().endsWith("to the new one\n"));
    expect(log.text()).toBe("to the old one\nto the new one\n");
  });
});
