/** Where a simulated host is reached. */
export type Door = {
  readonly port: () => number;
  /** While it is held, connections stay and nothing comes out of them. */
  readonly hold: (isHeld: boolean) => void;
  /** false: all connections end, and new ones are refused; true: it listens again, on the same port */
  readonly connect: (isUp: boolean) => Promise<void>;
};
