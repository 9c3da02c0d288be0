import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { withEntry } from "./line-history.ts";

export type LineHistory = {
  /** oldest first */
  readonly lines: () => readonly string[];
  readonly add: (line: string) => void;
};

/** What was typed, for this session and the next. What other sessions add to the file meanwhile stays in it. */
export function openLineHistory(path: string | null): LineHistory {
  let lines: readonly string[] = readHistory(path);
  return {
    lines: () => lines,
    add(line) {
      if (!isKept(line)) return;
      lines = withEntry(lines, line.trim());
      writeHistory(path, withEntry(readHistory(path), line.trim()));
    },
  };
}

/** Not what begins with a blank, as in shells, and no address with a password in it. */
const isKept = (line: string): boolean => !/^\s/.test(line) && !/:\/\/[^\s/@]*:[^\s@]+@/.test(line);

/** Lines, oldest first; none where the file is not there or cannot be read: no reason not to work. */
function readHistory(path: string | null): string[] {
  if (path === null) return [];
  try {
    return readFileSync(path, "utf8")
      .split("\n")
      .filter((line) => line !== "" && !/[\u0000-\u001f\u007f]/.test(line));
  } catch {
    return [];
  }
}

/** For its owner alone: lines may hold what was written to a process's stdin. @returns false where it cannot be kept */
function writeHistory(path: string | null, lines: readonly string[]): boolean {
  if (path === null) return false;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const fresh = `${path}.${process.pid}`;
    writeFileSync(fresh, lines.map((line) => `${line}\n`).join(""), { mode: 0o600 });
    chmodSync(fresh, 0o600);
    renameSync(fresh, path);
    return true;
  } catch {
    return false;
  }
}
