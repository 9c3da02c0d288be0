import { existsSync, writeFileSync } from "node:fs";
import { arch } from "node:process";
import type { TestPlace } from "../../test/support/test-place.ts";

/** Of Debian's package libfaketime; it works under supervisord, its children, and our own executable alike. */
const LIBRARY = `/usr/lib/${arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu/faketime/libfaketimeMT.so.1`;

/** How far a clock is put, forward or back. */
export const STEP_S = 3_600;

export type FalseClock = {
  readonly env: Readonly<Record<string, string>>;
  /** seconds beside the true time, from now on */
  readonly set: (offsetS: number) => void;
  readonly offsetS: () => number;
};

/** A clock that can be put forward and back. Only what people read off the wall is false: timers go on as they should. */
export function createFalseClock(place: TestPlace, name: string): FalseClock {
  if (!existsSync(LIBRARY)) throw new Error(`no ${LIBRARY}: apt-get install libfaketime`);
  const file = place.path(`${name}.clock`);
  let offsetS = 0;
  const set = (next: number) => {
    offsetS = next;
    writeFileSync(file, `${next < 0 ? "" : "+"}${next}\n`);
  };
  set(0);
  return {
    env: {
      LD_PRELOAD: LIBRARY,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      FAKETIME_DONT_RESET: "1",
    },
    set,
    offsetS: () => offsetS,
  };
}

/** What the time truly was when a clock that may have been put said `saidMs`, within the last half hour. */
export function trueMs(saidMs: number): number {
  const stepMs = STEP_S * 1_000;
  const agoMs = Date.now() - saidMs;
  if (agoMs < -1_000) return saidMs - stepMs;
  return agoMs > stepMs / 2 ? saidMs + stepMs : saidMs;
}
