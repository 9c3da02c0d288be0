import type { RawEvent } from "../../supervisord/event-reader.ts";

/** supervisord's events for one listener: numbered, and kept while it cannot take them (supervisor/process.py, EventListenerPool). */
export type EventPool = {
  readonly emit: (eventname: string, payload: string) => void;
  /** The listener is ready: it gets what is kept, and then everything at once. @returns the end of it */
  readonly attach: (listener: (event: RawEvent) => void) => () => void;
  /** While it is held, events are kept. */
  readonly hold: (isHeld: boolean) => void;
  /** So many of the next events get a number and are lost. */
  readonly drop: (count: number) => void;
  /** A new pool: counts from 0, and keeps nothing. */
  readonly begin: () => void;
  readonly counts: () => { readonly emitted: number; readonly dropped: number };
};

/** `buffer_size` of the recommended section. */
const BUFFER_SIZE = 16_384;

export function createEventPool(pool: string): EventPool {
  let serial = 0;
  let poolserial = 0;
  let kept: RawEvent[] = [];
  let listener: ((event: RawEvent) => void) | null = null;
  let isHeld = false;
  let toDrop = 0;
  let dropped = 0;

  const keep = (event: RawEvent) => {
    kept.push(event);
    if (kept.length <= BUFFER_SIZE) return;
    kept.shift(); // the oldest, as supervisord does
    dropped++;
  };
  const flush = () => {
    while (listener !== null && !isHeld && kept.length > 0) {
      const events = kept;
      kept = [];
      for (const event of events) take(event);
    }
  };
  const take = (event: RawEvent) => {
    if (listener === null || isHeld) keep(event);
    else listener(event);
  };

  return {
    emit(eventname, payload) {
      const event = { serial: serial++, pool, poolserial: poolserial++, eventname, length: payload.length, payload };
      if (toDrop > 0) {
        toDrop--;
        dropped++;
      } else take(event);
    },
    attach(next) {
      listener = next;
      flush();
      return () => {
        if (listener === next) listener = null;
      };
    },
    hold(held) {
      isHeld = held;
      flush();
    },
    drop(count) {
      toDrop += count;
    },
    begin() {
      poolserial = 0;
      kept = [];
    },
    counts: () => ({ emitted: serial, dropped }),
  };
}
