import { join } from "node:path";

/** A program of bench/support in a process of its own, so that what it costs is not the hub's. */
export type Client = {
  /** Its first message has come. */
  readonly ready: Promise<unknown>;
  /** @returns its answer */
  readonly ask: <T>(question?: unknown) => Promise<T>;
  readonly close: () => Promise<void>;
};

/** Bun keeps 256 requests open unless told otherwise: what is above waits without a word. */
const MANY_REQUESTS = { BUN_CONFIG_MAX_HTTP_REQUESTS: "20000" };

export function startClient(script: string, ...args: readonly (string | number)[]): Client {
  const answers: ((value: unknown) => void)[] = [];
  const next = <T>(): Promise<T> => new Promise((resolve) => answers.push(resolve as (value: unknown) => void));
  const ready = next();
  const child = Bun.spawn([process.execPath, join(import.meta.dir, script), ...args.map(String)], {
    env: { ...process.env, ...MANY_REQUESTS },
    stdio: ["ignore", "inherit", "inherit"],
    ipc: (message) => answers.shift()?.(message),
  });
  return {
    ready,
    ask<T>(question: unknown = null) {
      const answer = next<T>();
      child.send(question);
      return answer;
    },
    async close() {
      child.kill();
      await child.exited;
    },
  };
}
