import { describe, expect, test } from "bun:test";
import type { ProcessStateName } from "../../domain/states.ts";
import { type ProcessAction, verdict } from "./follow-outcome.ts";

describe("how an action went is said by the states that followed it", () => {
  test.each<[ProcessAction, ProcessStateName[], string]>([
    ["stop", [], "pending"],
    ["stop", ["STOPPING"], "pending"],
    ["stop", ["STOPPING", "STOPPED"], "done"],
    ["stop", ["STOPPING", "STOPPED", "STARTING", "RUNNING"], "done"],
    ["stop", ["EXITED", "STARTING", "STOPPING"], "pending"],
    ["stop", ["UNKNOWN"], "failed"],
    ["start", ["STARTING"], "pending"],
    ["start", ["STARTING", "RUNNING"], "done"],
    ["start", ["STARTING", "RUNNING", "EXITED"], "done"],
    ["start", ["STARTING", "BACKOFF"], "failed"],
    ["start", ["STARTING", "BACKOFF", "STARTING", "RUNNING"], "failed"],
    ["start", ["STARTING", "STOPPING", "STOPPED"], "failed"],
    ["restart", ["STOPPING", "STOPPED"], "pending"],
    ["restart", ["STOPPING", "STOPPED", "STARTING"], "pending"],
    ["restart", ["STOPPING", "STOPPED", "STARTING", "RUNNING"], "done"],
    ["restart", ["STARTING", "FATAL"], "failed"],
  ])("%s, then %p: %s", (action, seen, expected) => {
    expect(verdict(action, seen)).toBe(expected as never);
  });
});
