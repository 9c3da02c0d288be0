import type { TimeKind } from "../../src/domain/account.ts";
import type { Figures } from "../../src/domain/figures.ts";
import type { JournalEntry, Transition } from "../../src/domain/journal-entry.ts";

/** One entry as it came to the history of a supervisor. */
export type Arrived = { readonly supervisor: string; readonly entry: JournalEntry };

type Standing = { readonly kind: TimeKind; readonly state: string | null };
type Segment = { fromMs: number; toMs: number; kind: TimeKind; state: string | null };

/** What a history must say, by sorting everything and looking at every piece of time. Slow, and as plain as can be. */
export function createModel(arrived: readonly Arrived[], knownMs: number) {
  const sorted = arrived
    .map((one, order) => ({ ...one, order, atMs: one.entry.atMs }))
    .sort((a, b) => a.atMs - b.atMs || a.order - b.order);
  const bySupervisor = Map.groupBy(sorted, ({ supervisor }) => supervisor);
  const of = (supervisor: string) => bySupervisor.get(supervisor)?.map(({ entry }) => entry) ?? [];

  const isOwn = (entry: JournalEntry, group: string, name: string): entry is Transition =>
    entry.kind === "transition" && entry.group === group && entry.name === name;

  function kindOf(entry: Transition): TimeKind {
    if (entry.toState === "RUNNING") return "up";
    if (entry.toState === "UNKNOWN") return "unknown";
    const isStopped = ["STOPPED", "STOPPING"].includes(entry.toState) || (entry.toState === "EXITED" && entry.expected);
    return isStopped ? "stopped" : "down";
  }

  function after(before: Standing, entry: JournalEntry): Standing {
    if (entry.kind === "transition") return { kind: kindOf(entry), state: entry.toState };
    if (entry.kind === "group" && entry.change === "REMOVED") return { kind: "absent", state: null };
    return before.kind === "absent" ? { kind: "stopped", state: "STOPPED" } : before;
  }

  const isUnknownAt = (all: readonly JournalEntry[], ms: number): boolean =>
    all.some((entry) => entry.kind === "gap" && entry.fromMs <= ms && ms < entry.atMs);

  const known = new Map<string, Segment[]>();
  /** The same for every window. */
  function segments(supervisor: string, group: string, name: string): readonly Segment[] {
    const uid = `${supervisor}:${group}:${name}`;
    const found = known.get(uid) ?? cut(supervisor, group, name);
    known.set(uid, found);
    return found;
  }

  /** Pieces of time between all moments at which anything happens; those of no length among them. */
  function cut(supervisor: string, group: string, name: string): Segment[] {
    const all = of(supervisor);
    const own = all.filter((e) => isOwn(e, group, name) || (e.kind === "group" && e.group === group));
    const begin = own.findIndex((e) => e.kind === "transition");
    if (begin < 0) return [];
    const edges = all.flatMap((e) => (e.kind === "gap" && e.fromMs < e.atMs ? [e.fromMs, e.atMs] : []));
    const found: Segment[] = [];
    let now: Standing = { kind: "unknown", state: null };
    for (const [i, entry] of own.entries()) {
      if (i < begin) continue;
      now = after(now, entry);
      const endMs = own[i + 1]?.atMs ?? knownMs;
      const cuts = [entry.atMs, ...edges.filter((ms) => entry.atMs < ms && ms < endMs).sort((a, b) => a - b), endMs];
      for (const [k, fromMs] of cuts.slice(0, -1).entries()) {
        const toMs = cuts[k + 1] ?? fromMs;
        const isGap = fromMs < toMs && now.kind !== "absent" && isUnknownAt(all, fromMs);
        found.push({ fromMs, toMs, ...(isGap ? { kind: "unknown" as const, state: null } : now) });
      }
    }
    return found;
  }

  function outages(parts: readonly Segment[]): { fromMs: number; toMs: number }[] {
    const found: { fromMs: number; toMs: number }[] = [];
    let sinceMs: number | null = null;
    const end = (ms: number) => {
      if (sinceMs !== null && ms - sinceMs >= 60_000) found.push({ fromMs: sinceMs, toMs: ms });
      sinceMs = null;
    };
    for (const part of parts) {
      if (part.kind !== "down") end(part.fromMs);
      else if (part.fromMs < part.toMs) sinceMs ??= part.fromMs;
    }
    end(knownMs);
    return found;
  }

  return {
    figures(supervisor: string, group: string, name: string, fromMs: number, toMs: number): Figures {
      const parts = segments(supervisor, group, name);
      const clip = (s: { fromMs: number; toMs: number }) =>
        Math.max(0, Math.min(s.toMs, toMs, knownMs) - Math.max(s.fromMs, fromMs));
      const sum = (kind: TimeKind) => parts.filter((s) => s.kind === kind).reduce((ms, s) => ms + clip(s), 0);
      const own = of(supervisor).filter((e): e is Transition => isOwn(e, group, name));
      const inside = own.filter((e) => fromMs <= e.atMs && e.atMs < Math.min(toMs, knownMs));
      const crashes = inside.filter((e) => e.toState === "FATAL" || (e.toState === "EXITED" && e.expected === false));
      const restarts = inside.filter((e) =>
        e.toState === "STARTING"
          ? e.fromState !== "BACKOFF"
          : e.toState === "RUNNING" && e.fromState !== null && e.fromState !== "STARTING",
      );
      const [upMs, downMs, stoppedMs] = [sum("up"), sum("down"), sum("stopped")];
      return {
        upMs,
        downMs,
        stoppedMs,
        unknownMs: toMs - fromMs - upMs - downMs - stoppedMs - sum("absent"),
        restarts: restarts.length,
        crashes: crashes.length,
        longestOutageMs: Math.max(0, ...outages(parts).map(clip)),
        lastCrashMs: crashes.at(-1)?.atMs ?? null,
      };
    },
    timeline(supervisor: string, group: string, name: string, fromMs: number, toMs: number): Segment[] {
      const parts = segments(supervisor, group, name);
      const first = parts[0]?.fromMs ?? knownMs;
      const nobody = { kind: "unknown" as const, state: null };
      const all = [{ fromMs, toMs: first, ...nobody }, ...parts, { fromMs: knownMs, toMs, ...nobody }];
      const joined: Segment[] = [];
      for (const part of all) {
        const [begin, end] = [Math.max(part.fromMs, fromMs), Math.min(part.toMs, toMs)];
        if (begin >= end) continue;
        const last = joined.at(-1);
        if (last !== undefined && last.kind === part.kind && last.state === part.state) last.toMs = end;
        else joined.push({ ...part, fromMs: begin, toMs: end });
      }
      return joined;
    },
    /** Newest first. */
    history: () =>
      sorted
        .filter(({ entry }) => entry.kind === "transition" || entry.kind === "gap")
        .map(({ entry }) => entry)
        .reverse(),
  };
}
