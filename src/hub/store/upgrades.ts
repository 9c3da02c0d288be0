import type { OlderDatabase } from "./store-failure.ts";
import type { Upgrade } from "./upgrade-aside.ts";

/** Brings a database to the newest version, one attempt at a time. */
export function createUpgrades(
  start: () => Upgrade,
  on: {
    /** @param tookMs as measured here */
    readonly done: (tookMs: number) => void;
    readonly failed: (error: unknown) => void;
  },
) {
  let hasFailed = false;
  let running: { readonly upgrade: Upgrade; readonly why: OlderDatabase } | null = null;

  async function follow(upgrade: Upgrade): Promise<void> {
    const beganMs = performance.now();
    const error = await upgrade.done.then(
      () => null,
      (thrown: unknown) => ({ thrown }),
    );
    if (running?.upgrade !== upgrade) return;
    running = null;
    hasFailed = error !== null;
    if (error === null) on.done(performance.now() - beganMs);
    else on.failed(error.thrown);
  }

  return {
    /** @returns whether the last attempt failed: what was said of that stands */
    begin(why: OlderDatabase): "first" | "again" {
      if (running === null) {
        const upgrade = start();
        running = { upgrade, why };
        void follow(upgrade);
      }
      return hasFailed ? "again" : "first";
    },
    /** Nobody may touch the file meanwhile. @throws the OlderDatabase that it began with, while one goes on */
    check(): void {
      if (running !== null) throw running.why;
    },
    end(): void {
      const ended = running;
      running = null;
      ended?.upgrade.end();
    },
  };
}
