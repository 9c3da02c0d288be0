import { messageOf } from "../domain/errors.ts";
import type { JournalEntry, Transition, Unnumbered } from "../domain/journal-entry.ts";
import type { Logger } from "../lib/logger.ts";
import { entryOfEvent } from "../supervisord/entry-of-event.ts";
import { parseEvent, type SupervisordEvent } from "../supervisord/event-payload.ts";
import type { RawEvent } from "../supervisord/event-reader.ts";
import { type Arrival, type Hole, judgeFirst, judgeNext, type Skipped } from "./arrival.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Recorder } from "./recorder.ts";
import { SYNC_EVENT_TYPE } from "./snapshot-query.ts";
import type { SupervisordRun } from "./supervisord-run.ts";

export type EventIntake = {
  readonly handle: (event: RawEvent) => () => void;
  /** events of this run */
  readonly count: () => number;
};

const nothing = () => {};

/** From an event of supervisord to the journal, and from there to all who want to know. */
export function createEventIntake(deps: {
  readonly recorder: Recorder;
  readonly supervisord: SupervisordRun;
  readonly now: () => number;
  readonly log: Logger;
  readonly knowledge: Knowledge;
  readonly onMark: (mark: string) => void;
  /** @param written null where the journal could not be written */
  readonly onTransition: (transition: Omit<Transition, "seq">, written: Transition | null) => void;
  readonly onGap: () => void;
  /** What is known may be wrong. */
  readonly resync: () => void;
}): EventIntake {
  const { recorder, supervisord, now, log, knowledge } = deps;
  const skipped: Skipped = [];
  let heard = false;
  let count = 0;

  const judge = (event: RawEvent): Arrival => {
    const sign = recorder.sign();
    return heard && sign.place !== null ? judgeNext(sign.place, skipped, event) : judgeFirst(sign, event, supervisord);
  };

  const gapOf = (hole: Hole, atMs: number): Unnumbered => {
    const fromMs = Math.min(atMs, recorder.sign().aliveMs ?? atMs);
    log.warn(`Gap in the events of supervisord: ${hole.reason}, lost ${hole.lost ?? "unknown"}`);
    return { kind: "gap", fromMs, atMs, reason: hole.reason, lost: hole.lost };
  };

  const parse = (event: RawEvent): SupervisordEvent | null => {
    try {
      return parseEvent(event.eventname, event.payload);
    } catch (error) {
      log.warn(messageOf(error));
      return null;
    }
  };

  return {
    count: () => count,
    handle(raw) {
      count += 1;
      const arrival = judge(raw);
      if (arrival.duplicate) return nothing;
      const event = parse(raw);
      const atMs = now();
      const gap = arrival.hole === null ? null : gapOf(arrival.hole, atMs);
      const entry = event === null ? null : entryOfEvent(event, atMs);
      const before = heard ? recorder.sign().place : null;
      const late = before !== null && raw.poolserial < before.poolserial;
      const place = late ? before : { serial: raw.serial, poolserial: raw.poolserial };
      heard = true;
      const stopping = stoppingAfter(recorder.sign().stopping, raw, gap !== null);
      const written = recorder.record(
        [gap, entry].filter((one) => one !== null),
        { aliveMs: atMs, place, supervisord, stopping, cleanStop: false },
      );
      return () => tell(event, entry, written, late);
    },
  };

  function toldGap(written: readonly JournalEntry[] | null): boolean {
    const isAfterGap = written?.some((one) => one.kind === "gap") === true;
    if (isAfterGap) deps.onGap();
    return isAfterGap;
  }

  function tell(
    event: SupervisordEvent | null,
    entry: Unnumbered | null,
    written: readonly JournalEntry[] | null,
    late: boolean,
  ): void {
    let resync = late || toldGap(written);
    for (const one of written ?? []) knowledge.publishEntry(one);
    if (entry?.kind === "transition") {
      const kept = written?.findLast((one) => one.kind === "transition") ?? null;
      resync = !knowledge.onTransition(kept, entry) || resync;
      deps.onTransition(entry, kept);
    }
    if (event?.eventname === "REMOTE_COMMUNICATION" && event.type === SYNC_EVENT_TYPE) deps.onMark(event.data);
    if (entry?.kind === "supervisor") knowledge.onSupervisorState(entry.state);
    if (entry?.kind === "group" || (entry?.kind === "supervisor" && entry.state === "RUNNING")) resync = true;
    if (resync) deps.resync();
  }
}

/** Whether the last thing that supervisord said of itself is that it stops. */
function stoppingAfter(before: boolean, event: RawEvent, gap: boolean): boolean {
  if (event.eventname === "SUPERVISOR_STATE_CHANGE_STOPPING") return true;
  if (event.eventname === "SUPERVISOR_STATE_CHANGE_RUNNING" || gap) return false;
  return before;
}
