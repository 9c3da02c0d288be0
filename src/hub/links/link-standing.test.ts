import { expect, test } from "bun:test";
import { createLogger } from "../../lib/logger.ts";
import type { LinkReport } from "../fleet.ts";
import { createLinkStanding } from "./link-standing.ts";

function standing() {
  const told: string[] = [];
  const log = createLogger("INFO", (line) => told.push(line.slice(25).trim()));
  const report = { link: (state: { status: string }) => told.push(state.status) } as unknown as LinkReport;
  return { told, ...createLinkStanding({ name: "lid001", report, log, nowMs: () => 5 }) };
}

test("each change is told once, and logged; what stays as it is, is not", () => {
  const { told, goDown, goLive, isLive } = standing();
  expect([goDown("refused"), goDown("refused"), goDown("no answer"), goLive(), goLive(), isLive()]).toEqual([
    ...[true, false, true, true, false, true],
  ]);
  expect(goDown("no answer")).toBe(true);
  expect(told).toEqual([
    ...["WARN lid001: down: refused", "down", "WARN lid001: down: no answer", "down"],
    ...["INFO lid001: live", "live", "WARN lid001: down: no answer", "down"],
  ]);
});

test("whoever needs it while it is down is told why", () => {
  const { goDown, goLive, requireLive } = standing();
  expect(requireLive).toThrow("lid001 is down: not connected yet");
  goLive();
  expect(requireLive).not.toThrow();
  goDown("connection refused");
  expect(requireLive).toThrow("lid001 is down: connection refused");
});
