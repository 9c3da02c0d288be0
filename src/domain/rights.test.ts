import { describe, expect, test } from "bun:test";
import type { Call, CallResult } from "./call.ts";
import { RIGHTS, runPermitted } from "./rights.ts";

const stop: Call = { method: "stopProcess", namespec: "web:w1" };
const reread: Call = { method: "reread" };
const done = async (calls: readonly Call[]): Promise<CallResult[]> => calls.map(() => ({ ok: true }));

describe("of a command with several calls", () => {
  test("those that the host permits are done, the others answer FORBIDDEN, each in its place", async () => {
    const asked: Call[][] = [];
    const run = (calls: readonly Call[]) => {
      asked.push([...calls]);
      return done(calls);
    };
    const results = await runPermitted(["read", "supervisor"], [stop, reread, stop], run);
    expect(results.map((result) => (result.ok ? "ok" : result.code))).toEqual(["FORBIDDEN", "ok", "FORBIDDEN"]);
    expect(results[0]).toMatchObject({
      message: "Cannot stop web:w1: the host does not permit actions on processes (--allow of its agent)",
    });
    expect(asked).toEqual([[reread]]);
  });
  test("nothing is asked where nothing is permitted", async () => {
    const results = await runPermitted(["read", "logs"], [stop, reread], () => Promise.reject(new Error("asked")));
    expect(results.map((result) => result.ok)).toEqual([false, false]);
  });
  test("all are done where all is permitted", async () => {
    expect(await runPermitted(RIGHTS, [stop, reread], done)).toEqual([{ ok: true }, { ok: true }]);
  });
});
