import { afterEach, describe, expect, test } from "bun:test";
import {
  appendFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { waitFor } from "../../../test/support/wait-for.ts";
import type { LogFrame } from "../../protocol/agent-log-frames.ts";
import { followFile, type FollowOptions } from "./follow-file.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), "mvfollow-"));
  cleanups.push(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Follows a file and keeps what comes. */
function follow(path: string, options: Partial<FollowOptions> = {}) {
  const stop = new AbortController();
  const frames: LogFrame[] = [];
  let gate: Promise<void> = Promise.resolve();
  let stopAt = "";
  const held = Promise.withResolvers<void>();
  const ended = (async () => {
    for await (const frame of followFile({ path: () => path, backBytes: 0, signal: stop.signal, ...options })) {
      frames.push(frame);
      if (frame.kind === "data" && frame.data.length > 0 && Buffer.from(frame.data).toString() === stopAt)
        gate = held.promise;
      await gate;
    }
  })();
  cleanups.push(() => {
    stop.abort();
    return ended.catch(() => {});
  });
  const bytes = () => Buffer.concat(frames.flatMap((frame) => (frame.kind === "data" ? [frame.data] : [])));
  return {
    frames,
    ended,
    bytes,
    text: () => bytes().toString(),
    notes: () => frames.flatMap((frame) => (frame.kind === "note" ? [frame.note] : [])),
    skipped: () =>
      frames.flatMap((frame) => (frame.kind === "note" && frame.note === "skipped" ? [frame.skipped] : [])),
    began: () => waitFor("the first frame", () => frames.length > 0),
    /** takes no further frame after the one with this text until the returned function is called */
    pauseAt(text: string) {
      stopAt = text;
      return held.resolve;
    },
    cursor: () => frames.flatMap((frame) => (frame.kind === "data" ? [frame.cursor] : [])).at(-1) ?? null,
    /** takes no further frame until the returned function is called */
    pause() {
      const paused = Promise.withResolvers<void>();
      gate = paused.promise;
      return paused.resolve;
    },
  };
}

/** As supervisord does it (loggers.py, RotatingFileHandler). */
function rotate(path: string, backups: number): void {
  for (let n = backups - 1; n > 0; n--) {
    if (statSync(`${path}.${n}`, { throwIfNoEntry: false })) renameSync(`${path}.${n}`, `${path}.${n + 1}`);
  }
  renameSync(path, `${path}.1`);
  writeFileSync(path, "");
}

const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `line ${from + i} of the log\n`).join("");

describe("following a log", () => {
  test("begins with the last bytes and goes on with what is written", async () => {
    const path = join(folder(), "a.log");
    writeFileSync(path, "0123456789");
    const log = follow(path, { backBytes: 4 });
    await waitFor("the end", () => log.text() === "6789");
    appendFileSync(path, "new");
    await waitFor("the new bytes", () => log.text() === "6789new");
    expect(log.frames[0]).toEqual({ kind: "begin", source: "file", size: 10 });
    expect(log.frames.at(-1)).toMatchObject({ kind: "data", size: 13 });
  });

  test("waits for a file that is not there yet", async () => {
    const path = join(folder(), "later.log");
    const log = follow(path);
    await log.began();
    writeFileSync(path, "here I am\n");
    await waitFor("the file", () => log.text() === "here I am\n");
  });

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
    await waitFor("all lines", () => log.text().length >= lines(0, 10_000).length, 4_000);
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

  test("never splits a character, wherever the writer was cut off", async () => {
    const path = join(folder(), "a.log");
    const text = "aé✓😀z\n";
    const bytes = Buffer.from(text);
    writeFileSync(path, "");
    const log = follow(path);
    await log.began();
    for (let cut = 1; cut < bytes.length; cut++) {
      appendFileSync(path, bytes.subarray(0, cut));
      const whole = text.repeat(cut - 1).length;
      const complete = new TextDecoder().decode(bytes.subarray(0, cut)).replace(/\ufffd+$/, "");
      await waitFor("the first part", () => log.text().length >= whole + complete.length);
      appendFileSync(path, bytes.subarray(cut));
      await waitFor("the rest", () => log.bytes().length === bytes.length * cut);
    }
    for (const frame of log.frames)
      if (frame.kind === "data") expect(new TextDecoder().decode(frame.data)).not.toContain("\ufffd");
    expect(log.text()).toBe(text.repeat(bytes.length - 1));
  });

  test("begins at a whole character", async () => {
    const path = join(folder(), "a.log");
    writeFileSync(path, "😀😀😀\n");
    const log = follow(path, { backBytes: 7 });
    await waitFor("the end", () => log.text() === "😀\n");
  });

  test("passes every byte as it is: NUL, colours, what is no UTF-8", async () => {
    const path = join(folder(), "a.log");
    const all = Buffer.concat([Uint8Array.from({ length: 256 }, (_, i) => i), Buffer.from("\x1b[31mred\x1b[0m\n")]);
    writeFileSync(path, "");
    const log = follow(path);
    await log.began();
    appendFileSync(path, all);
    await waitFor("all bytes", () => log.bytes().length === all.length);
    expect(Buffer.compare(log.bytes(), all)).toBe(0);
  });

  test("moves on where the reader is too slow, and says by how much", async () => {
    const path = join(folder(), "a.log");
    writeFileSync(path, "");
    const log = follow(path, { limits: { maxBehindBytes: 10_000, keepBytes: 1_000 } });
    await log.began();
    const resume = log.pause();
    appendFileSync(path, "begin\n");
    await waitFor("the beginning", () => log.text() === "begin\n");
    appendFileSync(path, lines(0, 5_000));
    resume();
    await waitFor("the end", () => log.text().endsWith("line 4999 of the log\n"));
    const written = `begin\n${lines(0, 5_000)}`;
    expect(log.text().length + (log.skipped()[0] ?? 0)).toBe(written.length);
    expect(written.endsWith(log.text().slice("begin\n".length))).toBeTrue();
    expect(log.text().slice("begin\n".length)).toStartWith("line ");
  });

  test("ends when supervisord names another path", async () => {
    const path = join(folder(), "a.log");
    writeFileSync(path, "x\n");
    let current: string | null = path;
    const log = follow(path, { path: () => current });
    await log.began();
    current = null;
    await log.ended;
    expect(log.frames.at(-1)?.kind).toBe("end");
  });
});
