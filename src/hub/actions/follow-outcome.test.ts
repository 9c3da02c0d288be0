import { describe, expect, test } from "bun:test";
import type { ProcessStateName } from "../../domain/states.ts";
import { type ProcessAction, verdict } from "./follow-outcome.ts";

describe("how an action went is said by the states that followed it", () => {
  test.each<[ProcessAction, ProcessStateName, ProcessStateName[], string]>([
    ["stop", "RUNNING", [], "pending"],
    ["stop", "RUNNING", ["STOPPING"], "pending"],
    ["stop", "RUNNING", ["STOPPING", "STOPPED"], "done"],
    ["stop", "RUNNING", ["STOPPING", "STOPPED", "STARTING", "RUNNING"], "done"],
    ["stop", "RUNNING", ["EXITED", "STARTING", "STOPPING"], "pending"],
    ["stop", "RUNNING", ["UNKNOWN"], "failed"],
    ["start", "STOPPED", ["STARTING"], "pending"],
    ["start", "STOPPED", ["STARTING", "RUNNING"], "done"],
    ["start", "STOPPED", ["STARTING", "RUNNING", "EXITED"], "done"],
    ["start", "STOPPED", ["STARTING", "BACKOFF"], "failed"],
    ["start", "STOPPED", ["STARTING", "BACKOFF", "STARTING", "RUNNING"], "failed"],
    ["start", "STOPPED", ["STARTING", "STOPPING", "STOPPED"], "failed"],
    ["restart", "RUNNING", ["STOPPING", "STOPPED"], "pending"],
    ["restart", "RUNNING", ["STOPPING", "STOPPED", "STARTING"], "pending"],
    ["restart", "RUNNING", ["STOPPING", "STOPPED", "STARTING", "RUNNING"], "done"],
    ["restart", "STOPPED", ["STARTING", "FATAL"], "failed"],
    ["restart", "STOPPED", ["STARTING", "RUNNING"], "done"],
    // what it tells late of the run before
    ["restart", "RUNNING", ["STARTING", "RUNNING"], "pending"],
    ["restart", "RUNNING", ["STARTING", "RUNNING", "STOPPING", "STOPPED", "STARTING", "RUNNING"], "done"],
    ["restart", "STARTING", ["STARTING", "RUNNING", "STOPPING"], "pending"],
    ["restart", "RUNNING", ["EXITED", "STARTING", "RUNNING"], "done"],
    // that ended by itself just before, and was started again by supervisord before it was told to stop it
    ["restart", "RUNNING", ["EXITED", "STARTING", "STOPPING", "STOPPED"], "pending"],
    ["restart", "RUNNING", ["EXITED", "STARTING", "STOPPING", "STOPPED", "STARTING", "RUNNING"], "done"],
    ["restart", "EXITED", ["STARTING", "STOPPING", "STOPPED"], "pending"],
    ["restart", "EXITED", ["STARTING", "RUNNING"], "done"],
    ["restart", "STOPPED", ["STARTING", "STOPPING", "STOPPED"], "failed"],
    ["restart", "STARTING", ["BACKOFF", "STARTING", "STOPPING", "STOPPED", "STARTING", "RUNNING"], "done"],
    ["restart", "BACKOFF", ["STARTING", "STOPPING", "STOPPED"], "pending"],
    ["restart", "BACKOFF", ["STOPPED", "STARTING", "FATAL"], "failed"],
    ["restart", "STOPPING", ["STOPPED", "STARTING", "RUNNING"], "done"],
  ])("%s of one that is %s, then %p: %s", (action, before, seen, expected) => {
    expect(verdict(action, before, seen)).toBe(expected as never);
  });
});
