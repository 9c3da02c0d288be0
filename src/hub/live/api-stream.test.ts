import { afterEach, describe, expect, test } from "bun:test";
import { waitFor } from "../../../test/support/wait-for.ts";
import { parseAccess } from "../../domain/access.ts";
import type { Transition } from "../../domain/journal-entry.ts";
import { createBroadcast } from "../../lib/broadcast.ts";
import { parseSse } from "../../lib/sse-parse.ts";
import { fleetProcess } from "../../views/fleet-fixture.ts";
import type { Action } from "../actions/action-log.ts";
import { createFleet } from "../fleet.ts";
import type { FleetView } from "../fleet-view.ts";
import { createFleetViews } from "../fleet-views.ts";
import { type ApiStream, createApiStream } from "./api-stream.ts";

const FACTS = { identification: "x", pid: 1, apiVersion: "3.0", supervisorVersion: "4.2.5", state: "RUNNING" } as const;
const open: ApiStream[] = [];
afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
});

function place(maxKept?: number) {
  const fleet = createFleet({ nowMs: () => 1_000, hidesAgents: () => false });
  fleet.configure([{ name: "lid001", url: "x", host: "x", linkKind: "agent" }]);
  fleet.report("lid001").link({ status: "live", sinceMs: 1 });
  fleet.report("lid001").snapshot(FACTS, [fleetProcess("lid001", "PLC", "a"), fleetProcess("lid001", "web", "b")]);
  const actions = createBroadcast<Action>();
  const sources = { actions: actions.subscribe, ...(maxKept === undefined ? {} : { maxKept }) };
  const stream = createApiStream(fleet, "run", sources);
  open.push(stream);
  return { fleet, stream, actions, views: createFleetViews(fleet) };
}

type Got = { event: string; payload: Record<string, unknown>; id: string | undefined };

function read(stream: ApiStream, view: FleetView, wish: Partial<Parameters<ApiStream["open"]>[1]> = {}): Got[] {
  const got: Got[] = [];
  const body = stream.open(view, { filter: "", events: "", lastEventId: null, ...wish });
  void (async () => {
    for await (const { data, lastEventId: id } of parseSse(body)) got.push({ ...(JSON.parse(data) as Got), id });
  })();
  return got;
}

const step = (group: string, name: string, toState: "STOPPED" | "RUNNING"): Transition => ({
  kind: "transition",
  ...{ seq: 1, atMs: 2, group, name, fromState: null, toState },
  ...{ pid: null, expected: null, tries: null, sampled: false },
});
const events = (got: readonly Got[]) => got.map(({ event, payload }) => `${event} ${payload.uid ?? payload.message}`);

describe("/api/stream", () => {
  test("tells each state and its notification, in order, with ids", async () => {
    const { fleet, stream } = place();
    const got = read(stream, fleet);
    fleet.report("lid001").transition(step("PLC", "a", "STOPPED"));
    await waitFor("two messages", () => got.length === 2);
    expect(events(got)).toEqual([
      "process_changed lid001:PLC:a",
      "notification a on lid001 changed from UNKNOWN to STOPPED",
    ]);
    expect(got.map(({ id }) => id?.startsWith("run:"))).toEqual([true, true]);
  });

  test("who comes back gets what was missed, once", async () => {
    const { fleet, stream } = place();
    const first = read(stream, fleet);
    fleet.report("lid001").transition(step("PLC", "a", "STOPPED"));
    await waitFor("two messages", () => first.length === 2);
    fleet.report("lid001").transition(step("web", "b", "STOPPED"));
    const again = read(stream, fleet, { lastEventId: first[0]?.id ?? "" });
    fleet.report("lid001").transition(step("web", "b", "RUNNING"));
    await waitFor("five messages", () => again.length >= 5);
    expect(events(again)).toEqual([
      "notification a on lid001 changed from UNKNOWN to STOPPED",
      "process_changed lid001:web:b",
      "notification b on lid001 changed from UNKNOWN to STOPPED",
      "process_changed lid001:web:b",
      "notification b on lid001 changed from UNKNOWN to RUNNING",
    ]);
    expect(again[1]?.payload.statename).toBe("STOPPED");
  });

  test.each([
    ["too long ago", "run:1", "too long ago"],
    ["an earlier run of the hub", "other:1", "the hub was started anew"],
    ["nonsense", "x", "the hub was started anew"],
    ["the future", "run:99999", "too long ago"],
  ])("who comes back after %s is told to begin anew", async (_, lastEventId, reason) => {
    const { fleet, stream } = place(2);
    for (let i = 0; i < 3; i++) fleet.report("lid001").transition(step("PLC", "a", "STOPPED"));
    const got = read(stream, fleet, { lastEventId });
    await waitFor("the word", () => got.length === 1);
    expect(got[0]).toMatchObject({ event: "resync", payload: { reason } });
    const next = read(stream, fleet, { lastEventId: got[0]?.id ?? "" });
    fleet.report("lid001").transition(step("PLC", "a", "RUNNING"));
    await waitFor("what follows", () => next.length === 2);
  });

  test("sends what is asked for: by filter and by event", async () => {
    const { fleet, stream } = place();
    const plc = read(stream, fleet, { filter: "group:PLC", events: "process_changed" });
    const stopped = read(stream, fleet, { filter: "state:stopped", events: "process_changed,notification" });
    fleet.report("lid001").transition(step("web", "b", "STOPPED"));
    fleet.report("lid001").transition(step("PLC", "a", "RUNNING"));
    await waitFor("both", () => plc.length === 1 && stopped.length === 2);
    expect(plc[0]?.payload.uid).toBe("lid001:PLC:a");
    expect(stopped.map(({ event }) => event)).toEqual(["process_changed", "notification"]);
  });

  test("refuses an event that does not exist", () => {
    const { fleet, stream } = place();
    expect(() => read(stream, fleet, { events: "proces_changed" })).toThrow('did you mean "process_changed"');
  });

  test("who may see a part hears of that part, also of what was missed", async () => {
    const { fleet, stream, actions, views } = place();
    const view = views(parseAccess("group:PLC"));
    fleet.report("lid001").transition(step("web", "b", "STOPPED"));
    fleet.report("lid001").transition(step("PLC", "a", "STOPPED"));
    const got = read(stream, view, { lastEventId: "run:0" });
    const result = (uid: string) => ({ uid, ok: true, state: "STOPPED" }) as const;
    const action = {
      id: "1",
      what: "stop",
      user: "root",
      targets: ["*"],
      waiting: [],
      startedMs: 1,
      finishedMs: 2,
      error: null,
    };
    actions.publish({ ...action, results: [result("lid001:web:b")] });
    actions.publish({ ...action, results: [result("lid001:web:b"), result("lid001:PLC:a")] });
    await waitFor("three messages", () => got.length >= 3);
    expect(JSON.stringify(got)).not.toContain("web");
    expect(got[2]).toMatchObject({
      event: "action_changed",
      payload: { targets: [], results: [{ uid: "lid001:PLC:a" }] },
    });
  });

  test("forgets readers that are gone", async () => {
    const { fleet, stream } = place();
    const body = stream.open(fleet);
    expect(stream.readers()).toBe(1);
    await body.cancel();
    expect(stream.readers()).toBe(0);
  });
});
