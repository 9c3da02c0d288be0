import { describe, expect, test } from "bun:test";
import { processInfo } from "../../../test/fixtures.ts";
import type { ProcessInfo } from "../../domain/process.ts";
import { ZerorpcRemoteError, ZerorpcTimeout } from "../../lib/zerorpc-errors.ts";
import type { Sampled } from "./sampled-entries.ts";
import { createPlacing } from "./zerorpc-placing.ts";
import { callError } from "./zerorpc-rpc.ts";

describe("what an old agent raises is told with supervisord's names", () => {
  test.each<[string, Error, string, string]>([
    [
      "a fault of the one kind",
      new ZerorpcRemoteError("RPCError", `code=70, text='NOT_RUNNING: web:web'`),
      "NOT_RUNNING",
      "it is not running",
    ],
    [
      "a fault of the other",
      new ZerorpcRemoteError("Fault", `<Fault 10: 'BAD_NAME: web:web'>`),
      "BAD_NAME",
      "no such process",
    ],
    ["a fault without text", new ZerorpcRemoteError("Fault", "<Fault 6>"), "SHUTDOWN_STATE", "shutting down"],
    ["a method it lacks", new ZerorpcRemoteError("NameError", "signalProcess"), "UNKNOWN_METHOD", "does not know how"],
    ["any other exception", new ZerorpcRemoteError("ValueError", "x"), "FAILED", "ValueError: x"],
    ["no answer", new ZerorpcTimeout("no answer to stopProcess within 10 s"), "TIMEOUT", "within 10 s"],
    ["a lost connection", new Error("the peer closed the connection"), "HOST_UNREACHABLE", "closed the connection"],
  ])("%s", (_, error, code, words) => {
    const told = callError("stop web:web", error);
    expect(told.code).toBe(code as never);
    expect(told.message).toContain(words);
  });
});

describe("an event that came on another way than the snapshot", () => {
  const event = (fromState: Sampled["fromState"], toState: Sampled["toState"], pid: number | null = null): Sampled => ({
    ...{ kind: "transition", atMs: 1, group: "PLC", name: "wcid00a", fromState, toState, pid },
    ...{ expected: null, tries: null, sampled: false },
  });
  const snapshot = { state: "RUNNING", pid: 7, nowMs: 50_000 } as const;
  test.each<[string, Sampled, Partial<ProcessInfo> | null, boolean]>([
    ["is old where it was handled in a second before", event("RUNNING", "EXITED", 7), { nowMs: 49_000 }, true],
    ["is new where it was handled in a second after", event("STARTING", "RUNNING", 8), { nowMs: 51_000 }, false],
    ["is new where it goes on from the snapshot", event("RUNNING", "STOPPING", 7), { nowMs: 50_000 }, false],
    ["is old where it leads to the snapshot", event("STARTING", "RUNNING", 7), { nowMs: 50_000 }, true],
    ["is old where it is of a run before", event("RUNNING", "EXITED", 6), { nowMs: 50_000 }, true],
    ["is judged by the states where no details came", event("RUNNING", "EXITED", 7), null, false],
  ])("%s", (_, transition, details, isOld) => {
    const placing = createPlacing();
    placing.onSnapshot([processInfo(snapshot)]);
    expect(placing.isOld(transition, details && processInfo(details))).toBe(isOld);
    if (!isOld) expect(placing.isOld(event("FATAL", "STARTING"), processInfo({ nowMs: 1 }))).toBe(false);
  });
});
