/**
 * What a program is like over months. `steady`: dies seldom; `crashing`: again and again; `broken`: cannot be started any more, in the last days;
 * `job`: works for a while every night and ends; `idle`: nobody starts it; `quiet`: nothing ever happens to it but its
 * supervisord's starts and ends.
 */
export type Temper = "steady" | "crashing" | "broken" | "job" | "idle" | "quiet";

/** A process that is to have a past. */
export type PastProcess = {
  readonly group: string;
  readonly name: string;
  readonly temper: Temper;
  /** resident memory when it has just begun, bytes */
  readonly rssBytes: number;
  /** percent of one core, on the whole */
  readonly cpu: number;
};

export type PastHost = { readonly name: string; readonly processes: readonly PastProcess[] };
