import type { OlderDatabase } from "./store-failure.ts";
import type { Upgrade } from "./upgrade-aside.ts";

/** An attempt may write as much as the database is large before it fails. */
const LONGEST_PAUSE_MS = 10 * 60_000;

/**
 * Brings a database to the newest version, one attempt at a time.
 * @param pauseMs after the first that failed; each further one doubles it
 */
export function createUpgrades(
  start: () => Upgrade,
  on: {
    /** @param tookMs as measured here */
    readonly done: (tookMs: number) => void;
    readonly failed: (error: unknown) => void;
  },
  pauseMs: number,
) {
  let failures = 0;
  let againAtMs = 0;
  let running: { readonly upgrade: Upgrade; readonly why: OlderDatabase } | null = null;

  async function follow(upgrade: Upgrade): Promise<void> {
    const beganMs = performance.now();
    const error = await upgrade.done.then(
      () => null,
      (thrown: unknown) => ({ thrown }),
    );
    if (running?.upgrade !== upgrade) return;
    running = null;
    failures = error === null ? 0 : failures + 1;
    againAtMs = performance.now() + Math.min(LONGEST_PAUSE_MS, pauseMs * 2 ** (failures - 1));
    if (error === null) on.done(performance.now() - beganMs);
    else on.failed(error.thrown);
  }

  return {
    /** @returns whether the last attempt failed: what was said of that stands */
    begin(why: OlderDatabase): "first" | "again" {
      if (running === null && (failures === 0 || performance.now() >= againAtMs)) {
        const upgrade = start();
        running = { upgrade, why };
        void follow(upgrade);
      }
      return failures > 0 ? "again" : "first";
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
