import { afterEach, describe, expect, test } from "bun:test";
import type { RawEvent } from "../../supervisord/event-reader.ts";
import type { Rpc } from "../../supervisord/rpc-client.ts";
import type { SimulatedProgram } from "./program.ts";
import { createSimulatedRpc } from "./rpc.ts";
import { createSimulatedSupervisord } from "./supervisord.ts";

const sleeper: SimulatedProgram = {
  ...{ group: "web", name: "sleeper", autostart: false, autorestart: "true", startsecs: 0, startretries: 0 },
  ...{ spawnFails: false, runMs: null, exitCode: 0, stopMs: 0 },
};

let close = () => {};
afterEach(() => close());

type World = {
  readonly rpc: Rpc;
  readonly events: RawEvent[];
  /** until this many of them have been announced */
  readonly until: (eventname: string, count?: number) => Promise<void>;
  readonly kill: () => void;
  readonly boot: () => void;
};

function world(program: Partial<SimulatedProgram> = {}): World {
  const supervisord = createSimulatedSupervisord({
    ...{ identifier: "sim", programs: [{ ...sleeper, ...program }], random: () => 1 },
  });
  close = supervisord.close;
  const events: RawEvent[] = [];
  let look = () => {};
  supervisord.pool.attach((event) => {
    events.push(event);
    look();
  });
  return {
    rpc: createSimulatedRpc(supervisord),
    events,
    boot: supervisord.boot,
    until: (name, count = 1) =>
      new Promise((done) => {
        look = () => {
          if (events.filter((event) => event.eventname === name).length >= count) done();
        };
        look();
      }),
    kill: () => supervisord.processes().get("web:sleeper")?.kill(),
  };
}

const payloads = (events: readonly RawEvent[]) =>
  events.map((e) => `${e.eventname.replace("PROCESS_STATE_", "")} ${e.payload}`);
const head = "processname:sleeper groupname:web from_state";

describe("a simulated supervisord", () => {
  test("announces start, death, respawn and stop in the words of the real one", async () => {
    const { rpc, events, until, kill } = world();
    await rpc("supervisor.startProcess", "web:sleeper", false);
    await until("PROCESS_STATE_RUNNING");
    kill();
    await until("PROCESS_STATE_RUNNING", 2);
    await rpc("supervisor.stopProcess", "web:sleeper", false);
    await until("PROCESS_STATE_STOPPED");
    expect(payloads(events)).toEqual([
      `STARTING ${head}:STOPPED tries:0`,
      `RUNNING ${head}:STARTING pid:5000001`,
      `EXITED ${head}:RUNNING expected:0 pid:5000001`,
      `STARTING ${head}:EXITED tries:0`,
      `RUNNING ${head}:STARTING pid:5000002`,
      `STOPPING ${head}:RUNNING pid:5000002`,
      `STOPPED ${head}:STOPPING pid:5000002`,
    ]);
    expect(events.map((event) => event.poolserial)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test("gives up what cannot be spawned, and says why", async () => {
    const { rpc, events, until, boot } = world({ spawnFails: true, autostart: true });
    boot();
    await until("PROCESS_STATE_FATAL");
    expect(payloads(events)).toEqual([
      "SUPERVISOR_STATE_CHANGE_RUNNING ",
      `STARTING ${head}:STOPPED tries:0`,
      `BACKOFF ${head}:STARTING tries:1`,
      `FATAL ${head}:BACKOFF`,
    ]);
    expect(await rpc("supervisor.getProcessInfo", "web:sleeper")).toMatchObject({
      ...{ state: 200, statename: "FATAL", pid: 0, spawnerr: "can't find command '/opt/sleeper'" },
    });
  });
});

describe("a simulated supervisord's XML-RPC", () => {
  test.each([
    ["supervisor.startProcess", "web:nobody", "BAD_NAME"],
    ["supervisor.stopProcess", "web:sleeper", "NOT_RUNNING"],
    ["supervisor.fly", "web:sleeper", "UNKNOWN_METHOD"],
  ])("%s(%s) is refused with %s", async (method, name, code) => {
    await expect(world().rpc(method, name, false)).rejects.toMatchObject({ code });
  });

  test("a second start is refused with ALREADY_STARTED", async () => {
    const { rpc } = world();
    expect(await rpc("supervisor.startProcess", "web:sleeper", false)).toBe(true);
    await expect(rpc("supervisor.startProcess", "web:sleeper", false)).rejects.toMatchObject({
      code: "ALREADY_STARTED",
    });
  });

  test("a multicall answers bare values and faults as structs", async () => {
    const calls = [
      { methodName: "supervisor.getIdentification" },
      { methodName: "supervisor.getProcessInfo", params: ["x"] },
    ];
    expect(await world().rpc("system.multicall", calls)).toEqual([
      "sim",
      { faultCode: 10, faultString: expect.stringContaining("BAD_NAME") },
    ]);
  });

  test("sendRemoteCommEvent comes back as an event", async () => {
    const { rpc, events } = world();
    await rpc("supervisor.sendRemoteCommEvent", "mark", "7");
    expect(payloads(events)).toEqual(["REMOTE_COMMUNICATION type:mark\n7"]);
  });
});
