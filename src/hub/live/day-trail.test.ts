import { describe, expect, test } from "bun:test";
import { newTrail, pastOf, stepTrail } from "./day-trail.ts";

const SLOT_MS = 1_800_000;
const DAY_MS = 48 * SLOT_MS;
const BEGIN = 1_000 * DAY_MS;
const step = (
  atMs: number,
  state: "STARTING" | "RUNNING" | "EXITED" | "FATAL",
  from: "STOPPED" | "STARTING" | "RUNNING",
) => ({ atMs, state, from, expected: state === "EXITED" ? false : null }) as const;

describe("the last day of a process", () => {
  test("is half hours, each as bad as the worst in it", () => {
    const trail = newTrail(BEGIN);
    stepTrail(trail, step(BEGIN + 10 * SLOT_MS, "RUNNING", "STARTING"));
    stepTrail(trail, step(BEGIN + 20 * SLOT_MS, "EXITED", "RUNNING"));
    stepTrail(trail, step(BEGIN + 20 * SLOT_MS + 1_000, "RUNNING", "STARTING"));
    expect(pastOf(trail, BEGIN + DAY_MS - 1).strip).toBe("a10u10d1u27");
  });

  test("moves on while nothing happens", () => {
    const trail = newTrail(BEGIN);
    stepTrail(trail, step(BEGIN, "RUNNING", "STARTING"));
    expect(pastOf(trail, BEGIN + 3 * DAY_MS).strip).toBe("u48");
  });

  test("counts starts of the last hour and unexpected ends of the last ten minutes", () => {
    const trail = newTrail(BEGIN);
    for (let i = 0; i < 20; i++) {
      stepTrail(trail, step(BEGIN + i * 300_000, "STARTING", "STOPPED"));
      stepTrail(trail, step(BEGIN + i * 300_000 + 1, "EXITED", "RUNNING"));
    }
    const { restarts, ends } = pastOf(trail, BEGIN + 19 * 300_000 + 2);
    expect({ restarts, ends }).toEqual({ restarts: 12, ends: 2 });
  });

  test("takes what is told late as a mark, and goes on as before", () => {
    const trail = newTrail(BEGIN);
    stepTrail(trail, step(BEGIN, "RUNNING", "STARTING"));
    stepTrail(trail, step(BEGIN + 5 * SLOT_MS, "RUNNING", "STARTING"));
    stepTrail(trail, step(BEGIN + 2 * SLOT_MS, "FATAL", "STARTING"));
    expect(pastOf(trail, BEGIN + DAY_MS - 1).strip).toBe("u2d1u45");
  });
});
