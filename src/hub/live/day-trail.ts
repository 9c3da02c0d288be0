import type { ProcessStateName } from "../../domain/states.ts";
import {
  STRIP_KINDS,
  STRIP_SLOT_MS,
  STRIP_SLOTS,
  type StripCode,
  type StripKind,
  stripCode,
} from "../../views/day-strip.ts";

const HOUR_MS = 3_600_000;
const TEN_MINUTES_MS = 600_000;
/** Times that are remembered of each kind, at most. */
const MOST = 500;

/** The last day of one process: which kinds of state each half hour had, as bits. Hub's clock; it changes in place. */
export type DayTrail = {
  readonly slots: Uint8Array;
  /** number of the newest half hour since 1970 */
  newest: number;
  kind: StripKind;
  atMs: number;
  readonly starts: number[];
  readonly ends: number[];
  /** of `slots` as they are; null: they changed */
  code: { readonly last: number; readonly text: StripCode } | null;
};

export type TrailStep = {
  readonly atMs: number;
  readonly state: ProcessStateName;
  readonly from: ProcessStateName | null;
  readonly expected: boolean | null;
};

export const newTrail = (fromMs: number): DayTrail => ({
  slots: new Uint8Array(STRIP_SLOTS),
  newest: Math.floor(fromMs / STRIP_SLOT_MS),
  ...{ kind: "a", atMs: fromMs, starts: [], ends: [], code: null },
});

export function stripKindOf(state: ProcessStateName, expected: boolean | null): StripKind {
  switch (state) {
    case "RUNNING":
      return "u";
    case "STARTING":
    case "STOPPING":
      return "m";
    case "BACKOFF":
      return "b";
    case "FATAL":
      return "d";
    case "EXITED":
      return expected === true ? "s" : "d";
    case "STOPPED":
      return "s";
    case "UNKNOWN":
      return "n";
  }
}

const bitOf = (kind: StripKind): number => 1 << STRIP_KINDS.indexOf(kind);

function mark(trail: DayTrail, slot: number, kind: StripKind): void {
  const { slots } = trail;
  if (slot <= trail.newest && ((slots[slot % STRIP_SLOTS] ?? 0) & bitOf(kind)) !== 0) return;
  trail.code = null;
  if (slot - trail.newest >= STRIP_SLOTS) slots.fill(0);
  else for (let i = trail.newest + 1; i <= slot; i++) slots[i % STRIP_SLOTS] = 0;
  trail.newest = Math.max(trail.newest, slot);
  if (slot > trail.newest - STRIP_SLOTS) slots[slot % STRIP_SLOTS] = (slots[slot % STRIP_SLOTS] ?? 0) | bitOf(kind);
}

/** Time goes by in the state it is in. */
function passTo(trail: DayTrail, atMs: number): void {
  const last = Math.floor(atMs / STRIP_SLOT_MS);
  const first = Math.max(Math.floor(trail.atMs / STRIP_SLOT_MS), last - STRIP_SLOTS + 1);
  for (let slot = first; slot <= last; slot++) mark(trail, slot, trail.kind);
  trail.atMs = atMs;
}

/** From this moment on; what comes late leaves its mark and changes nothing after it. */
export function enterKind(trail: DayTrail, atMs: number, kind: StripKind): void {
  if (atMs >= trail.atMs) {
    passTo(trail, atMs);
    trail.kind = kind;
  }
  mark(trail, Math.floor(atMs / STRIP_SLOT_MS), kind);
}

function remember(times: number[], atMs: number): void {
  times.push(atMs);
  if (times.length > MOST) times.shift();
}

/** Every start but the further tries of one, as uptime counts them. */
const isStart = ({ state, from }: TrailStep): boolean =>
  state === "STARTING" ? from !== "BACKOFF" : state === "RUNNING" && from !== null && from !== "STARTING";

const isUnexpectedEnd = ({ state, expected }: TrailStep): boolean =>
  state === "BACKOFF" || (state === "EXITED" && expected === false);

/** Of two that know the same in part; as often within one millisecond as the one that has more of it. */
function joined(known: readonly number[], more: readonly number[]): number[] {
  const left = [...known];
  const added = more.filter((atMs) => {
    const i = left.indexOf(atMs);
    if (i >= 0) left.splice(i, 1);
    return i < 0;
  });
  return [...known, ...added].sort((a, b) => a - b).slice(-MOST);
}

/** What another trail of the same process knows, and this one does not. */
export function joinTrail(trail: DayTrail, other: DayTrail): void {
  if (other.atMs > trail.atMs) enterKind(trail, other.atMs, other.kind);
  for (const times of ["starts", "ends"] as const) {
    trail[times].splice(0, MOST * 2, ...joined(trail[times], other[times]));
  }
}

export function stepTrail(trail: DayTrail, step: TrailStep): void {
  enterKind(trail, step.atMs, stripKindOf(step.state, step.expected));
  if (isStart(step)) remember(trail.starts, step.atMs);
  if (isUnexpectedEnd(step)) remember(trail.ends, step.atMs);
}

const since = (times: readonly number[], fromMs: number): number => {
  let n = 0;
  for (let i = times.length - 1; i >= 0 && (times[i] ?? 0) >= fromMs; i--) n++;
  return n;
};

export type Past = { readonly strip: StripCode; readonly restarts: number; readonly ends: number };

function codeOf(trail: DayTrail, last: number): StripCode {
  if (trail.code?.last === last) return trail.code.text;
  const kinds = Array.from({ length: STRIP_SLOTS }, (_, i): StripKind => {
    const slot = last - STRIP_SLOTS + 1 + i;
    const bits = slot > trail.newest - STRIP_SLOTS && slot <= trail.newest ? (trail.slots[slot % STRIP_SLOTS] ?? 0) : 0;
    return bits === 0 ? "a" : (STRIP_KINDS[31 - Math.clz32(bits)] ?? "a");
  });
  trail.code = { last, text: stripCode(kinds) };
  return trail.code.text;
}

export const restartsOf = (trail: DayTrail, nowMs: number): number => since(trail.starts, nowMs - HOUR_MS);
export const endsOf = (trail: DayTrail, nowMs: number): number => since(trail.ends, nowMs - TEN_MINUTES_MS);

export function pastOf(trail: DayTrail, nowMs: number): Past {
  passTo(trail, Math.max(nowMs, trail.atMs));
  return {
    strip: codeOf(trail, Math.floor(nowMs / STRIP_SLOT_MS)),
    restarts: restartsOf(trail, nowMs),
    ends: endsOf(trail, nowMs),
  };
}
