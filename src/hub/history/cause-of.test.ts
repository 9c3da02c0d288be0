import { describe, expect, test } from "bun:test";
import type { Transition } from "../../domain/journal-entry.ts";
import type { Namespec } from "../../domain/names.ts";
import type { ProcessStateName } from "../../domain/states.ts";
import { type Before, type CauseOf, causeOf, causeOfGroup, type Surroundings } from "./cause-of.ts";
import { type ActionStep, createSentActions } from "./sent-actions.ts";

const NOW = Date.UTC(2026, 10, 24);

const step = (fromState: ProcessStateName | null, toState: ProcessStateName, more: object = {}): Transition =>
  ({
    ...{ kind: "transition", seq: 1, atMs: NOW, group: "PLC", name: "p", fromState, toState },
    ...{ pid: null, expected: null, tries: null, sampled: false, ...more },
  }) as Transition;

const before = (
  state: ProcessStateName,
  msAgo: number,
  cause: Before["cause"] = null,
  actionId: number | null = null,
) => ({ state, atMs: NOW - msAgo, cause, actionId }) as const;

const QUIET: Surroundings = {
  runningSinceMs: NOW - 9_000_000,
  isStopping: false,
  isStarting: false,
  gapEndMs: null,
  isAdded: false,
  take: () => null,
};
const around = (more: Partial<Surroundings>): Surroundings => ({ ...QUIET, ...more });
const asked = around({ take: () => ({ id: 7, method: "restart", atMs: NOW - 10, processes: null }) });

describe("why a process entered a state:", () => {
  const user = { cause: "user", actionId: 7 } as const;
  const of = (cause: CauseOf["cause"]): CauseOf => ({ cause, actionId: null });
  const rows: [string, Transition, Before | null, Surroundings, CauseOf][] = [
    ["a stop asked for here", step("RUNNING", "STOPPING"), before("RUNNING", 9e5), asked, user],
    ["its end belongs to it", step("STOPPING", "STOPPED"), before("STOPPING", 40, "user", 7), QUIET, user],
    ["a stop that nobody asked us for", step("RUNNING", "STOPPING"), before("RUNNING", 9e5), QUIET, of("host")],
    ["its end", step("STOPPING", "STOPPED"), before("STOPPING", 40, "host"), QUIET, of("host")],
    [
      "supervisord ends",
      step("RUNNING", "STOPPING"),
      before("RUNNING", 9e5),
      around({ isStopping: true }),
      of("supervisord_stop"),
    ],
    ["it died", step("RUNNING", "EXITED", { expected: false }), before("RUNNING", 9e5), QUIET, of("crash")],
    ["it ended as expected", step("RUNNING", "EXITED", { expected: true }), before("RUNNING", 9e5), QUIET, of("exit")],
    ["killed from here", step("RUNNING", "EXITED", { expected: false }), before("RUNNING", 9e5), asked, user],
    ["an end of which too little is known", step("RUNNING", "EXITED"), before("RUNNING", 9e5), QUIET, of(null)],
    ["started again at once", step("EXITED", "STARTING"), before("EXITED", 900), QUIET, of("autorestart")],
    ["started an hour after its end", step("EXITED", "STARTING"), before("EXITED", 36e5), QUIET, of("host")],
    ["the next try", step("BACKOFF", "STARTING"), before("BACKOFF", 20_000), QUIET, of("autorestart")],
    ["the next try, whoever asked", step("BACKOFF", "STARTING"), before("BACKOFF", 20_000), asked, of("autorestart")],
    ["died while starting", step("STARTING", "BACKOFF"), before("STARTING", 500), QUIET, of("crash")],
    ["given up", step("BACKOFF", "FATAL"), before("BACKOFF", 500), QUIET, of("crash")],
    ["a start asked for here", step("STOPPED", "STARTING"), before("STOPPED", 9e5), asked, user],
    ["it runs, for the same reason", step("STARTING", "RUNNING"), before("STARTING", 1_000, "user", 7), QUIET, user],
    ["a start at the host", step("STOPPED", "STARTING"), before("STOPPED", 9e5), QUIET, of("host")],
    [
      "autostart",
      step("STOPPED", "STARTING"),
      before("STOPPED", 9e5),
      around({ runningSinceMs: NOW - 200 }),
      of("supervisord_start"),
    ],
    [
      "its group was added just after supervisord began",
      step("STOPPED", "STARTING"),
      null,
      around({ runningSinceMs: NOW - 2_000, isAdded: true }),
      of("host"),
    ],
    [
      "a second start just after supervisord's",
      step("STOPPED", "STARTING"),
      before("STOPPED", 100),
      around({ runningSinceMs: NOW - 2_000 }),
      of("host"),
    ],
    [
      "found so after nobody looked",
      step("RUNNING", "STOPPED", { sampled: true }),
      before("RUNNING", 9e5),
      around({ gapEndMs: NOW - 100 }),
      of(null),
    ],
    ["first heard of", step(null, "RUNNING", { sampled: true }), null, QUIET, of(null)],
  ];
  test.each(rows)("%s", (_, transition, last, surroundings, expected) => {
    expect(causeOf(transition, () => last, surroundings)).toEqual(expected);
  });
});

describe("a group is added or removed", () => {
  test.each<[string, Surroundings, CauseOf]>([
    ["by an action of ours", asked, { cause: "user", actionId: 7 }],
    [
      "by supervisord, which begins again",
      around({ isStarting: true, gapEndMs: NOW }),
      { cause: "supervisord_start", actionId: null },
    ],
    ["while nobody looked", around({ gapEndMs: NOW - 100 }), { cause: null, actionId: null }],
    ["by somebody at the host", QUIET, { cause: "host", actionId: null }],
  ])("%s", (_, surroundings, expected) => {
    expect(causeOfGroup("ADDED", NOW, surroundings)).toEqual(expected);
  });
});

describe("an action explains", () => {
  const sent = (method: "restart" | "stop" | "update") => {
    const actions = createSentActions();
    actions.add("lid001", { id: 7, method, atMs: NOW, processes: method === "update" ? null : new Set(["PLC:p"]) });
    return actions;
  };

  test("each step of each of its processes once", () => {
    const actions = sent("restart");
    expect(actions.take("lid001", "PLC:p", "stop", NOW + 5)?.id).toBe(7);
    expect(actions.take("lid001", "PLC:p", "start", NOW + 60_000)?.id).toBe(7);
    expect(actions.take("lid001", "PLC:p", "start", NOW + 61_000)).toBeNull();
    expect(actions.take("lid001", "PLC:q", "stop", NOW + 5)).toBeNull();
    expect(actions.take("lid002", "PLC:p", "stop", NOW + 5)).toBeNull();
  });

  test("nothing before it, and nothing long after it", () => {
    expect(sent("stop").take("lid001", "PLC:p", "stop", NOW - 60_000)).toBeNull();
    expect(sent("stop").take("lid001", "PLC:p", "stop", NOW + 60_000)).toBeNull();
    expect(sent("stop").take("lid001", "PLC:p", "start", NOW + 1)).toBeNull();
  });

  test("all processes, where it was asked of supervisord itself", () => {
    expect(sent("update").take("lid001", "PLC:any", "stop", NOW + 5)?.method).toBe("update");
  });

  test("what it does to its groups, as soon as it is known which these are", () => {
    const actions = sent("update");
    actions.narrow("lid001", 7, { added: ["new"], changed: ["PLC"], removed: ["old"] }, 100);
    const explained = (name: Namespec, step: ActionStep) => actions.take("lid001", name, step, NOW + 5) !== null;
    expect([explained("PLC:p", "stop"), explained("PLC:p", "start")]).toEqual([true, true]);
    expect([explained("PLC:", "removed"), explained("PLC:", "added")]).toEqual([true, true]);
    expect([explained("new:p", "stop"), explained("new:p", "start"), explained("new:", "added")]).toEqual([
      ...[false, true, true],
    ]);
    expect([explained("old:p", "stop"), explained("old:p", "start"), explained("old:", "removed")]).toEqual([
      ...[true, false, true],
    ]);
    expect([explained("other:p", "stop"), explained("other:p", "start"), explained("other:", "added")]).toEqual([
      ...[false, false, false],
    ]);
  });

  test("nothing that is done to its groups after it was seen to be done", () => {
    const actions = sent("update");
    expect(actions.take("lid001", "PLC:a", "stop", NOW + 60_000)?.method).toBe("update");
    actions.narrow("lid001", 7, { added: [], changed: ["PLC"], removed: [] }, 3_000);
    const explained = (name: Namespec, atMs: number) => actions.take("lid001", name, "stop", atMs) !== null;
    expect([explained("PLC:b", NOW + 60_000), explained("PLC:c", NOW + 14_000)]).toEqual([false, false]);
    expect(explained("PLC:d", NOW + 4_000)).toBe(true);
  });
});
