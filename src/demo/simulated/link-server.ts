import type { Journal } from "../../agent/journal.ts";
import type { Door } from "./door.ts";

/** What a hub speaks with on one simulated host. */
export type LinkServer = Door & {
  /** what stands before `127.0.0.1:port` in multivisor.conf */
  readonly scheme: "" | "http://" | "zerorpc://";
  /** The program behind the door, where that is one of its own, begins. */
  readonly begin: () => void;
  /** @param isClean told to end, not killed */
  readonly end: (isClean: boolean) => void;
  /** It loses what it has kept for hubs. Between `end` and `begin`. @returns where it keeps it from now on; null: nowhere */
  readonly forget: () => Journal | null;
  readonly close: () => void;
};
