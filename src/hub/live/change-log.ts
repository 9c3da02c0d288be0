import type { Action } from "../actions/action-log.ts";
import type { FleetChange } from "../fleet-change.ts";
import type { FleetView } from "../fleet-view.ts";

/** How far back a reader may have been away: changes are kept as they were told, and written again only when asked for. */
const MAX_KEPT = 8_192;

/** What the stream tells of: the fleet, and what people do to it. */
export type StreamChange = FleetChange | { readonly kind: "action"; readonly action: Action };

export type NumberedChange = { readonly n: number; readonly change: StreamChange };

/** The latest changes of the fleet with their numbers, in order. */
export type ChangeLog = {
  /** of the latest change; 0: none yet */
  readonly last: () => number;
  /** @returns null where some of what followed `n` is no longer here */
  readonly after: (n: number) => readonly NumberedChange[] | null;
  /** The listener is called at once, in order. */
  readonly subscribe: (listener: (numbered: NumberedChange) => void) => () => void;
  readonly close: () => void;
};

export type StreamSources = {
  readonly actions?: (listener: (action: Action) => void) => () => void;
  readonly maxKept?: number;
};

export function createChangeLog(fleet: FleetView, { actions, maxKept = MAX_KEPT }: StreamSources = {}): ChangeLog {
  const ring: NumberedChange[] = [];
  const listeners = new Set<(numbered: NumberedChange) => void>();
  let last = 0;
  const add = (change: StreamChange) => {
    const numbered = { n: ++last, change };
    ring[(last - 1) % maxKept] = numbered;
    for (const listener of listeners) listener(numbered);
  };
  const ends = [fleet.subscribe(add), actions?.((action) => add({ kind: "action", action }))];
  return {
    last: () => last,
    after(n) {
      if (n > last || n < last - Math.min(ring.length, maxKept)) return null;
      return Array.from({ length: last - n }, (_, i) => ring[(n + i) % maxKept]).filter((kept) => kept !== undefined);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      for (const end of ends) end?.();
    },
  };
}
