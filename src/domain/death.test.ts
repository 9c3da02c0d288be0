import { describe, expect, test } from "bun:test";
import { deathOf, latelyDied, presentDeath } from "./death.ts";
import type { Evidence } from "./evidence.ts";

const nothing: Evidence = {
  ...{ exitCode: null, signal: null, ranMs: null, stderrTail: null, stdoutTail: null, rssBytes: null },
};
const death = (evidence: Partial<Evidence>) => deathOf({ ofMs: 1_000, evidence: { ...nothing, ...evidence } });

describe("a death in short", () => {
  test("has the signal or the exit code as its cause, where they are known", () => {
    expect(death({ exitCode: 3 })?.cause).toBe("exit 3");
    expect(death({ signal: "SIGKILL" })?.cause).toBe("SIGKILL");
    expect(death({})?.cause).toBe(null);
    expect(deathOf({ ofMs: 1_000, evidence: null })).toBe(null);
  });
  test("has the last lines of stderr, of stdout where that said nothing", () => {
    const many = Array.from({ length: 20 }, (_, i) => `line ${i}\n`).join("");
    expect(death({ stderrTail: many, stdoutTail: "x" })?.lastWords.split("\n")).toHaveLength(10);
    expect(death({ stderrTail: "\n\n", stdoutTail: "bye\n" })?.lastWords).toBe("bye");
  });
  test("is what made a process what it is, only until it is something else", () => {
    const died = { state: "EXITED", sinceMs: 1_000, death: death({ exitCode: 3 }) } as const;
    expect(presentDeath(died)?.cause).toBe("exit 3");
    expect(presentDeath({ ...died, sinceMs: 2_000 })).toBe(null);
    expect(presentDeath({ ...died, state: "RUNNING" })).toBe(null); // within the same millisecond
    expect(latelyDied({ sinceMs: 2_000, death: death({ exitCode: 3 }) })?.cause).toBe("exit 3");
    expect(latelyDied({ sinceMs: 90_000, death: death({ exitCode: 3 }) })).toBe(null);
  });
});
