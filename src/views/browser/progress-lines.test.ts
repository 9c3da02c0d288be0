import { describe, expect, test } from "bun:test";
import type { Followed } from "./follow-action.ts";
import { type Deed, deedSummary, doingWords, outcomeWords, untoldWords } from "./outcome-words.ts";
import { type Line, progressLines } from "./progress-lines.ts";

const [A, B, C] = ["lid001:g:a", "lid001:g:b", "lid002:g:c"];
const state = (ids: readonly string[], more: Partial<Followed>): Followed => ({
  ...{ ids, waiting: [], results: [], isOver: false, isLost: false, ...more },
});
const lines = (deed: Deed, targets: readonly string[], followed: Partial<Followed>, most = 500): Line[] =>
  progressLines(
    state(targets, followed),
    {
      outcome: (result) => outcomeWords(deed, result),
      doing: (id) => doingWords(deed, id, targets),
      untold: (results) => untoldWords(deed, results),
    },
    most,
  );
const told = (all: readonly Line[]) => all.map(({ id, words, detail }) => [id, words, detail]);

describe("each target of an action tells of itself", () => {
  const stop: Deed = { kind: "process", action: "stop" };
  const failed = { uid: B, ok: false, code: "HOST_UNREACHABLE", message: "lid001 is down: refused" };

  test("queued, on its way for so long, done, or not for a reason, in the order in which they were asked for", () => {
    const waiting = [
      { id: A, state: "RUNNING", seconds: 1 },
      { id: C, state: "STOPPING", seconds: 3 },
    ];
    expect(told(lines(stop, [A, B, C], { waiting, results: [failed] }))).toEqual([
      [A, "queued", ""],
      [B, "not stopped", "lid001 is down: refused"],
      [C, "stopping 3 s", ""],
    ]);
  });

  test("what went wrong is first when all is over, or where not all can be shown", () => {
    const results = [{ uid: A, ok: true }, failed, { uid: C, ok: true }];
    expect(lines(stop, [A, B, C], { results, isOver: true }).map(({ id }) => id)).toEqual([B, A, C]);
    expect(lines(stop, [A, B, C], { results }).map(({ id }) => id)).toEqual([A, B, C]);
    expect(lines(stop, [A, B, C], { results }, 2)[0]?.id).toBe(B);
  });

  test("a reason does not repeat the name that it stands beside", () => {
    const words = (message: string) => told(lines(stop, [B], { results: [{ uid: B, ok: false, message }] }))[0]?.[2];
    expect(words(`Cannot start ${B}: it is FATAL, Exited too quickly`)).toBe("it is FATAL, Exited too quickly");
    expect(words("Cannot start g:b: no such file: /x")).toBe("no such file: /x");
    expect(words("lid001 is down: refused")).toBe("lid001 is down: refused");
  });

  test("what is accepted and not ended is not called done", () => {
    const pending = { uid: A, ok: false, pending: true, code: "TIMEOUT", message: "stop was accepted, after 30 s" };
    expect(lines(stop, [A], { results: [pending], isOver: true })[0]).toMatchObject({
      look: "moving",
      words: "still stopping",
    });
  });
});

describe("an action on a supervisord", () => {
  const restart: Deed = { kind: "supervisor", action: "restart" };
  const name = "lid001";

  test("shows the supervisord and each process that it stops", () => {
    const waiting = [
      { id: name, state: null, seconds: 4 },
      { id: A, state: "STOPPING", seconds: 2 },
    ];
    expect(told(lines(restart, [name], { ids: [name, B, A], waiting, results: [{ uid: B, ok: true }] }))).toEqual([
      [name, "restarting 4 s", ""],
      [B, "stopped", ""],
      [A, "stopping 2 s", ""],
    ]);
  });

  test("what nothing was told of stopped where supervisord is back, and is not known where it is gone", () => {
    const results = [{ supervisor: name, ok: true }];
    expect(told(lines(restart, [name], { ids: [name, A], results, isOver: true }))[1]).toEqual([A, "stopped", ""]);
    const gone = lines({ kind: "supervisor", action: "shutdown" }, [name], { ids: [name, A], results, isOver: true });
    expect(told(gone)).toContainEqual([A, "not told", ""]);
  });

  test("an update tells what became of which group, a reread what would", () => {
    const reread = { added: ["new"], changed: ["web", "db"], removed: [] };
    const result = { supervisor: name, ok: true, reread };
    expect(outcomeWords({ kind: "supervisor", action: "update" }, result)).toEqual({
      words: "up to date",
      detail: "restarted: web, db\nadded: new",
    });
    expect(outcomeWords({ kind: "supervisor", action: "reread" }, result).detail).toBe(
      "changed, will restart: web, db\nnew, will start: new",
    );
    expect(deedSummary({ kind: "supervisor", action: "reread" }, [result])).toBe(
      "lid001: an update would apply changes.",
    );
    const nothing = { ...result, reread: { added: [], changed: [], removed: [] } };
    expect(deedSummary({ kind: "supervisor", action: "reread" }, [nothing])).toBe(
      "lid001: nothing in its configuration has changed.",
    );
  });

  test("what failed says why", () => {
    const result = { supervisor: name, ok: false, code: "HOST_UNREACHABLE", message: "lid001 is down" };
    expect(deedSummary(restart, [result])).toBe("lid001: not restarted: lid001 is down.");
  });
});
