import type { Child } from "./child.ts";

/** What every kind of demo is given. */
export type PlaceOptions = {
  /** folder for everything that is written; exists */
  readonly dir: string;
  /** address of the hub as `--bind` takes it, and as a browser on this machine does */
  readonly bind: string;
  readonly url: string;
  /** runs this program again */
  readonly self: readonly string[];
  /** environment of the children */
  readonly env: Record<string, string | undefined>;
  /** told of every child the moment it is started, so that a start that fails half way can be undone */
  readonly onChild: (child: Child) => void;
  /** days of an invented past that it begins with; 0: none */
  readonly pastDays: number;
  /** of all that is invented */
  readonly seed: number;
  readonly signal: AbortSignal;
};
