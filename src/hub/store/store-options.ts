import type { SupervisorName } from "../../domain/names.ts";
import type { Logger } from "../../lib/logger.ts";
import type { Retention } from "./retention.ts";
import type { StoreStatus } from "./store.ts";
import type { Upgrade } from "./upgrade-aside.ts";

export type StoreOptions = {
  readonly log: Logger;
  /** epoch milliseconds, hub's clock */
  readonly now: () => number;
  readonly onStatus?: (status: StoreStatus) => void;
  /** Entries had to be dropped and can be written again: every link is to read anew from `cursor()`. */
  readonly onReplay?: () => void;
  /** The last moment at which all of a supervisor is known, its host's clock; without it: now. */
  readonly knownUntil?: (supervisor: SupervisorName) => number;
  /** what is kept; without it: everything */
  readonly retention?: () => Retention;
  /** Brings an older database to the newest version while everything else goes on; without it: at once. */
  readonly upgrade?: (path: string) => Upgrade;
  /** how long writes are gathered */
  readonly delayMs?: number;
  /** until the next attempt, while the file cannot be used */
  readonly retryMs?: number;
  /** rows written at once, at most: nothing else has its turn meanwhile */
  readonly batchRows?: number;
  /** processes that are looked at one by one, at most */
  readonly few?: number;
  /** entries that may wait, at most */
  readonly maxQueue?: number;
};
