import { type Account, type TimeKind, timeKindOf, type Unknown } from "../../domain/account.ts";
import type { TimelineInterval } from "../../domain/figures.ts";
import type { ProcessStateName } from "../../domain/states.ts";
import type { ItemRow } from "./account-rows.ts";
import { expectedOfFacts, GROUP_CODE, LAST_STATE_CODE, stateOfItemCode } from "./item-codes.ts";

/** As a process is from some moment on. */
export type Standing = { readonly kind: TimeKind; readonly state: ProcessStateName | null };

const NOT_HEARD_OF: Standing = { kind: "unknown", state: null };

export function standingAfter(before: Standing, code: number, facts: number): Standing {
  if (code === GROUP_CODE.REMOVED) return { kind: "absent", state: null };
  if (code === GROUP_CODE.ADDED) return before.kind === "absent" ? { kind: "stopped", state: "STOPPED" } : before;
  const state = stateOfItemCode(code) ?? "UNKNOWN";
  return { kind: timeKindOf(state, state === "EXITED" ? expectedOfFacts(facts) : null), state };
}

/**
 * The states of a window, one after the other.
 * @param at how it was when the window began; null: not heard of
 */
export function intervalsOf(
  at: Standing | null,
  items: readonly ItemRow[],
  unknowns: readonly Unknown[],
  window: Unknown,
): TimelineInterval[] {
  const found: TimelineInterval[] = [];
  let now: Standing = at ?? NOT_HEARD_OF;
  let isHeardOf = at !== null;
  let sinceMs = window.fromMs;
  const passed = (toMs: number) => {
    for (const one of split(sinceMs, toMs, unknowns)) {
      const standing = one.isUnknown && now.kind !== "absent" ? NOT_HEARD_OF : now;
      append(found, { fromMs: one.fromMs, toMs: one.toMs, ...standing, joined: 1 });
    }
    sinceMs = toMs;
  };
  for (const { atMs, code, facts } of items) {
    if (!isHeardOf && code > LAST_STATE_CODE) continue;
    passed(atMs);
    isHeardOf = true;
    now = standingAfter(now, code, facts);
  }
  passed(window.toMs);
  return found;
}

function split(fromMs: number, toMs: number, unknowns: readonly Unknown[]) {
  const parts: { fromMs: number; toMs: number; isUnknown: boolean }[] = [];
  let doneMs = fromMs;
  for (const gap of unknowns) {
    if (doneMs >= toMs) break;
    if (gap.toMs <= doneMs) continue;
    if (gap.fromMs >= toMs) break;
    if (gap.fromMs > doneMs) parts.push({ fromMs: doneMs, toMs: gap.fromMs, isUnknown: false });
    const end = Math.min(gap.toMs, toMs);
    parts.push({ fromMs: Math.max(gap.fromMs, doneMs), toMs: end, isUnknown: true });
    doneMs = end;
  }
  if (doneMs < toMs) parts.push({ fromMs: doneMs, toMs, isUnknown: false });
  return parts;
}

function append(found: TimelineInterval[], next: TimelineInterval): void {
  const last = found.at(-1);
  if (last !== undefined && last.kind === next.kind && last.state === next.state && last.toMs === next.fromMs)
    found[found.length - 1] = { ...last, toMs: next.toMs };
  else found.push(next);
}

const BADNESS: Record<ProcessStateName, number> = {
  FATAL: 8,
  BACKOFF: 7,
  EXITED: 6,
  UNKNOWN: 5,
  STARTING: 3,
  STOPPING: 2,
  STOPPED: 1,
  RUNNING: 0,
};

const badnessOf = ({ kind, state }: TimelineInterval): number =>
  state === null ? (kind === "absent" ? -1 : 4) : state === "EXITED" && kind === "stopped" ? 1 : BADNESS[state];

/** Joins what is shorter than a pixel with its neighbours that are; the worst of them is what is seen. */
export function mergedToPixels(intervals: readonly TimelineInterval[], pixelMs: number): TimelineInterval[] {
  const merged: TimelineInterval[] = [];
  const isShort = ({ fromMs, toMs }: TimelineInterval) => toMs - fromMs < pixelMs;
  for (const next of intervals) {
    const last = merged.at(-1);
    if (last === undefined || !isShort(last) || !isShort(next)) {
      merged.push(next);
      continue;
    }
    const worst = badnessOf(next) > badnessOf(last) ? next : last;
    const joined = last.joined + next.joined;
    merged[merged.length - 1] = { ...worst, fromMs: last.fromMs, toMs: next.toMs, joined };
  }
  return merged;
}

/** Where too much happened to look at each: what the accounts at some moments tell of the times in between. */
export function intervalsOfAccounts(accounts: readonly Account[]): TimelineInterval[] {
  return accounts.slice(1).map((after, i) => {
    const before = accounts[i] as Account;
    const part = (kind: "up" | "down" | "stopped" | "absent") => after[kind] - before[kind];
    const isDown = part("down") > 0;
    const unknown = after.atMs - before.atMs - part("up") - part("down") - part("stopped") - part("absent");
    const kind: TimeKind = isDown ? "down" : unknown > 0 ? "unknown" : part("stopped") > 0 ? "stopped" : "up";
    const joined = Math.max(1, after.restarts - before.restarts);
    return { fromMs: before.atMs, toMs: after.atMs, kind, state: kind === "up" ? "RUNNING" : null, joined };
  });
}
