import type { Unnumbered } from "../../domain/journal-entry.ts";
import type { ProcessInfo } from "../../domain/process.ts";

/** The groups that came and went between two looks. */
export function groupChanges(
  before: readonly ProcessInfo[],
  after: readonly ProcessInfo[],
  atMs: number,
): Unnumbered[] {
  const old = new Set(before.map(({ group }) => group));
  const now = new Set(after.map(({ group }) => group));
  const entry = (group: string, change: "ADDED" | "REMOVED"): Unnumbered => ({ kind: "group", atMs, group, change });
  return [
    ...[...old.difference(now)].map((group) => entry(group, "REMOVED")),
    ...[...now.difference(old)].map((group) => entry(group, "ADDED")),
  ];
}
