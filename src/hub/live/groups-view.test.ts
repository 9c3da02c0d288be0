import { afterEach, describe, expect, test } from "bun:test";
import { namespec, parseUid, type SupervisorName } from "../../domain/names.ts";
import type { FleetProcess } from "../../domain/process.ts";
import type { Supervisor } from "../../domain/supervisor.ts";
import { createBroadcast } from "../../lib/broadcast.ts";
import { createLogger } from "../../lib/logger.ts";
import { parseSse } from "../../lib/sse-parse.ts";
import { fleetProcess, fleetSupervisor } from "../../views/fleet-fixture.ts";
import type { FleetChange } from "../fleet-change.ts";
import type { FleetView } from "../fleet-view.ts";
import { noFigures } from "./figures-of.ts";
import { fleetLog } from "./fleet-log.ts";
import { fleetOrder } from "./fleet-order.ts";
import { fleetTallies } from "./fleet-tallies.ts";
import { groupsView } from "./groups-view.ts";
import { type PageStream, type PageView, pageStream } from "./page-stream.ts";

/** A fleet that the test changes by hand. */
function handFleet(start: readonly Supervisor[]) {
  const supervisors = new Map<SupervisorName, Supervisor>(start.map((s) => [s.name, s]));
  const changes = createBroadcast<FleetChange>();
  let version = 0;
  const tell = (change: FleetChange) => {
    version++;
    changes.publish(change);
  };
  const view: FleetView = {
    supervisors: () => supervisors,
    process(uid) {
      const place = parseUid(uid);
      const processes = place === null ? undefined : supervisors.get(place.supervisor)?.processes;
      return (place !== null && processes?.get(namespec(place.group, place.name))) || null;
    },
    version: () => version,
    subscribe: changes.subscribe,
  };
  const put = (supervisor: Supervisor) => supervisors.set(supervisor.name, supervisor);
  return {
    view,
    listeners: changes.size,
    change(process: FleetProcess) {
      const supervisor = supervisors.get(process.supervisor) ?? fleetSupervisor(process.supervisor, []);
      const processes = new Map(supervisor.processes).set(namespec(process.group, process.name), process);
      put({ ...supervisor, processes });
      tell({ kind: "process", process });
    },
    remove({ supervisor: name, group, name: process, uid }: FleetProcess) {
      const supervisor = supervisors.get(name) ?? fleetSupervisor(name, []);
      put({
        ...supervisor,
        processes: new Map([...supervisor.processes].filter(([key]) => key !== namespec(group, process))),
      });
      tell({ kind: "process_removed", uid, supervisor: name });
    },
    down(name: string) {
      const supervisor: Supervisor = {
        ...(supervisors.get(name) ?? fleetSupervisor(name, [])),
        link: { status: "down", sinceMs: 7, reason: "refused" },
      };
      put(supervisor);
      tell({ kind: "supervisor", supervisor, added: [] });
    },
  };
}

const a1 = fleetProcess("lid001", "A", "one");
const a2 = fleetProcess("lid001", "A", "two");
const b1 = fleetProcess("lid002", "B", "one");
const stopped = { ...a1, state: "STOPPED" } as const;
const logger = createLogger("ERROR", () => {});

/** Counts what is rendered. */
function counted(view: PageView) {
  const times = { full: 0, update: 0 };
  return {
    times,
    view: {
      ...view,
      full(since: string | null) {
        times.full++;
        return view.full(since);
      },
      update() {
        times.update++;
        return view.update();
      },
    },
  };
}

const streams: PageStream[] = [];
afterEach(() => {
  for (const stream of streams.splice(0)) stream.close();
});

function setUp(options: { maxQueuedBytes?: number } = {}) {
  const fleet = handFleet([fleetSupervisor("lid001", [a1, a2]), fleetSupervisor("lid002", [b1])]);
  const { view, times } = counted(
    groupsView({
      ...{ fleet: fleet.view, order: fleetOrder(fleet.view), log: fleetLog(fleet.view), basePath: "" },
      tallies: fleetTallies(fleet.view, noFigures),
      now: () => 2_000_000,
    }),
  );
  const stream = pageStream(view, { logger, joinMs: 20, ...options });
  streams.push(stream);
  return { fleet, stream, times };
}

/** The unnamed messages of a stream, which are what changes the page. */
async function* pieces(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  for await (const { event, data } of parseSse(body)) if (event === "message") yield data;
}
const next = async (messages: AsyncGenerator<string>): Promise<string> => (await messages.next()).value ?? "ended";
const targets = (html: string) => [...html.matchAll(/hx-target="#([a-z]+)/g)].map(([, target]) => target);
const uids = (html: string) => [...html.matchAll(/<li class="row"[^>]* data-uid="([^"]*)"/g)].map(([, uid]) => uid);

describe("the stream of the groups page", () => {
  test("begins with everything", async () => {
    const { stream } = setUp();
    const first = await next(pieces(stream.connect()));
    expect(uids(first)).toEqual([a1.uid, a2.uid, b1.uid]);
    expect(targets(first)).toEqual(["cards", "attention", "counts"]);
  });

  test("tells its time first, so that ages can be reckoned by the hub's clock", async () => {
    const { stream } = setUp();
    for await (const { event } of parseSse(stream.connect())) {
      expect(event).toBe("beat");
      break;
    }
  });

  test("sends the row that changed and what counts it, not the others", async () => {
    const { fleet, stream } = setUp();
    const messages = pieces(stream.connect());
    await next(messages);
    fleet.change(stopped);
    expect(uids(await next(messages))).toEqual([a1.uid]);
  });

  test("joins what changes in one moment into one message, with the last state of each", async () => {
    const { fleet, stream, times } = setUp();
    const messages = pieces(stream.connect());
    await next(messages);
    for (const state of ["STOPPING", "STOPPED", "STARTING"] as const) fleet.change({ ...a1, state });
    fleet.change({ ...b1, state: "STOPPED" });
    const update = await next(messages);
    expect(uids(update).toSorted()).toEqual([a1.uid, b1.uid]);
    expect(update).toContain('data-state="STARTING"');
    expect(times.update).toBe(1);
  });

  test("renders a change once, however many look", async () => {
    const { fleet, stream, times } = setUp();
    const all = Array.from({ length: 50 }, () => pieces(stream.connect()));
    await Promise.all(all.map(next));
    fleet.change(stopped);
    const updates = await Promise.all(all.map(next));
    expect(new Set(updates).size).toBe(1);
    expect(times).toEqual({ full: 1, update: 1 });
  });

  test("renders nothing and follows nothing while nobody looks", async () => {
    const { fleet, stream, times } = setUp();
    const alone = fleet.listeners();
    fleet.change(stopped);
    expect(fleet.listeners()).toBe(alone);
    const body = stream.connect();
    expect(fleet.listeners()).toBe(alone + 1);
    await body.cancel();
    expect(fleet.listeners()).toBe(alone);
    expect(stream.readers()).toBe(0);
    expect(times).toEqual({ full: 1, update: 0 });
  });

  test("drops a reader that does not read, and the others do not notice", async () => {
    const { fleet, stream } = setUp({ maxQueuedBytes: 4_096 });
    const slow = stream.connect();
    const messages = pieces(stream.connect());
    await next(messages);
    for (let i = 0; stream.readers() === 2; i++) {
      fleet.change(i % 2 === 0 ? stopped : a1);
      expect(uids(await next(messages))).toEqual([a1.uid]);
    }
    expect(stream.readers()).toBe(1);
    await expect(slow.getReader().read()).rejects.toThrow("reader too slow");
  });

  test("shows every process of a host that goes down anew", async () => {
    const { fleet, stream } = setUp();
    const messages = pieces(stream.connect());
    await next(messages);
    fleet.down("lid001");
    const update = await next(messages);
    expect(uids(update)).toEqual([a1.uid, a2.uid]);
    expect(update).toContain("lid001 is down");
  });

  test("brings processes and cards that come, and takes those that go", async () => {
    const { fleet, stream } = setUp();
    const messages = pieces(stream.connect());
    await next(messages);
    const c1 = fleetProcess("lid002", "C", "one");
    fleet.change(c1);
    expect(uids(await next(messages))).toEqual([a1.uid, a2.uid, b1.uid, c1.uid]);
    fleet.remove(b1);
    expect(uids(await next(messages))).toEqual([a1.uid, a2.uid, c1.uid]);
    fleet.change({ ...c1, state: "STOPPED" });
    expect(uids(await next(messages))).toEqual([c1.uid]);
  });
});
