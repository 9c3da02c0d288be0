import type { Fault, Log } from "./fault.ts";
import type { Footprint } from "./stage/footprint.ts";
import type { LogLine } from "./stage/log-book.ts";
import type { Order } from "./stage/orders.ts";
import type { Stage } from "./stage/stage.ts";

/** What is known after a round, when everything has come to rest. */
export type Aftermath = {
  readonly stage: Stage;
  /** of this round */
  readonly faults: readonly Fault[];
  /** of this round and of those before it on the same stage */
  readonly faultsSoFar: readonly Fault[];
  readonly orders: readonly Order[];
  readonly lines: readonly LogLine[];
  /** before the first fault, and now */
  readonly footprints: Readonly<Record<Log, { readonly before: Footprint; readonly after: Footprint }>>;
};

/** Something that holds whatever happened. */
export type Promised = {
  readonly name: string;
  /** @returns one line for each way in which it was broken; none: it was kept */
  readonly broken: (after: Aftermath) => Promise<readonly string[]> | readonly string[];
};
