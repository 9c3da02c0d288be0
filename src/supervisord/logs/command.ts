import { readFileSync, readSync } from "node:fs";
import { setPriority } from "node:os";
import { defineCommand } from "citty";
import { messageOf } from "../../domain/errors.ts";
import { writeOut } from "../../lib/write-out.ts";
import { type SearchLine, type SearchRequest, searchBackwards } from "./search-lines.ts";

/** First of the descriptors that a search was given; files in the order of the log. */
export const FIRST_FD = 3;

export type SearchInput = {
  readonly request: SearchRequest;
  /** of each descriptor */
  readonly files: readonly { readonly start: number; readonly size: number }[];
  /** base64; in the place of files, beginning at `start` */
  readonly inline: { readonly start: number; readonly data: string } | null;
};

/**
 * Started by the agent for each search, and killed when it takes too long: a pattern can keep a processor busy for years. It
 * opens no file; it is given those to be searched.
 */
export const searchLogCommand = defineCommand({
  meta: { name: "search-log", hidden: true, description: "Part of the agent" },
  args: {},
  async run(): Promise<number> {
    const input = JSON.parse(readFileSync(0, "utf8")) as SearchInput;
    const say = (line: SearchLine) => writeOut(`${JSON.stringify(line)}\n`);
    try {
      setPriority(15);
    } catch {
      // then with the priority of the agent
    }
    try {
      for (const line of searchBackwards(input.request, readerOf(input))) await say(line);
    } catch (error) {
      await say({ kind: "bad", message: messageOf(error) });
    }
    return 0;
  },
});

function readerOf({ files, inline }: SearchInput): (position: number, length: number) => Uint8Array {
  if (inline !== null) {
    const bytes = Buffer.from(inline.data, "base64");
    return (position, length) =>
      Uint8Array.from(bytes.subarray(Math.max(0, position - inline.start), position - inline.start + length));
  }
  return (position, length) => {
    const into = new Uint8Array(length);
    files.forEach(({ start, size }, i) => {
      const from = Math.max(position, start);
      const to = Math.min(position + length, start + size);
      for (let at = from; at < to; ) {
        const read = readSync(FIRST_FD + i, into, at - position, to - at, at - start);
        if (read === 0) return;
        at += read;
      }
    });
    return into;
  };
}
