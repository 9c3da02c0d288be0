import { afterEach, describe, expect, test } from "bun:test";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folder, follow, leaveLogs, lines } from "../../../test/support/followed-log.ts";
import { waitFor } from "../../../test/support/wait-for.ts";

afterEach(leaveLogs);

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
