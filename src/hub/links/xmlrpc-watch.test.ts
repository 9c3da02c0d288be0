import { describe, expect, test } from "bun:test";
import { createSimulatedRpc } from "../../demo/simulated/rpc.ts";
import { simulatedPrograms } from "../../demo/simulated/program.ts";
import { createSimulatedSupervisord } from "../../demo/simulated/supervisord.ts";
import { MultivisorError } from "../../domain/errors.ts";
import type { Namespec } from "../../domain/names.ts";
import { createLogger } from "../../lib/logger.ts";
import type { Rpc } from "../../supervisord/rpc-client.ts";
import { createFleet } from "../fleet.ts";
import { createHostClock } from "./host-clock.ts";
import { createLinkJournal } from "./link-journal.ts";
import { createLinkKnowledge } from "./link-knowledge.ts";
import { createLinkStanding } from "./link-standing.ts";
import { createPollPace } from "./poll-pace.ts";
import { createXmlrpcWatch } from "./xmlrpc-watch.ts";

/** A watch over a simulated supervisord, whose time stands still until it is moved. */
function watched(processes = 60, way: (rpc: Rpc) => Rpc = (rpc) => rpc) {
  const random = () => 0.5;
  const programs = simulatedPrograms(processes, random, false);
  const supervisord = createSimulatedSupervisord({ identifier: "bare", random, programs });
  supervisord.settle();
  const asked: string[] = [];
  const rpc = way(createSimulatedRpc(supervisord));
  const counted: Rpc = (method, ...params) => {
    const calls = params[0] as unknown as { methodName: string }[];
    asked.push(`${calls.length} ${calls.at(-1)?.methodName.replace("supervisor.", "")}`);
    return rpc(method, ...params);
  };
  const fleet = createFleet({ nowMs: Date.now, hidesAgents: () => false });
  fleet.configure([{ name: "bare", url: "http://bare:9001", host: "bare", linkKind: "xmlrpc" }]);
  const report = fleet.report("bare");
  const history = { append: () => {}, cursor: () => null, lastKnownMs: () => null };
  const knowledge = createLinkKnowledge({
    ...{ journal: createLinkJournal("bare", history), report, lastKnownMs: () => null },
  });
  const standing = createLinkStanding({ name: "bare", report, log: createLogger("ERROR"), nowMs: Date.now });
  const end = new AbortController();
  const pace = createPollPace();
  let steady = 0;
  const watch = createXmlrpcWatch({
    ...{ rpc: counted, knowledge, standing, pace, clock: createHostClock(report, Date.now), signal: end.signal },
    ...{ nowMs: Date.now, steadyMs: () => steady },
  });
  const names = [...supervisord.processes().keys()] as Namespec[];
  const pass = (ms: number) => {
    steady += ms;
  };
  const supervisor = () => fleet.supervisors().get("bare");
  return {
    supervisord,
    asked,
    fleet,
    knowledge,
    standing,
    pace,
    watch,
    names,
    pass,
    supervisor,
    end: () => end.abort(),
  };
}

describe("one look", () => {
  test("at first is at all of it: then it is live, and known", async () => {
    const { watch, asked, supervisor } = watched(3);
    await watch.look();
    expect(asked).toEqual(["5 getAllProcessInfo"]);
    expect(supervisor()).toMatchObject({
      link: { status: "live" },
      facts: { identification: "bare" },
      clockOffsetMs: 0,
    });
    expect(supervisor()?.processes.size).toBe(3);
  });
  test("asks for nothing while nothing is due, for all when they are, and for those alone that were told to do something", async () => {
    const { watch, asked, pace, names, pass } = watched();
    await watch.look();
    await watch.look();
    expect(asked).toHaveLength(1);
    pace.follow(names.slice(0, 2), 0);
    await watch.look();
    expect(asked[1]).toBe("2 getProcessInfo");
    pace.follow(names, 0);
    await watch.look();
    expect(asked[2]).toBe("5 getAllProcessInfo");
    pass(10_000);
    await watch.look();
    expect(asked).toHaveLength(4);
  });
  test("follows a process until it has come to rest", async () => {
    const { supervisord, watch, pace, names, knowledge } = watched(3);
    const [name = "a:b"] = names;
    await watch.look();
    supervisord.processes().get(name)?.stop();
    pace.follow([name], 0);
    await watch.look();
    expect(knowledge.process(name)?.state).toBe("STOPPING");
    expect(pace.followed(0)).toEqual([name]);
    supervisord.processes().get(name)?.kill();
    await watch.look();
    expect(knowledge.process(name)?.state).toBe("STOPPED");
    expect(pace.followed(0)).toEqual([]);
  });
  test("that misses a process has all looked at next", async () => {
    const { watch, asked, pace } = watched(3);
    await watch.look();
    pace.follow(["no:such"], 0);
    await watch.look();
    await watch.look();
    expect(asked.slice(1)).toEqual(["1 getProcessInfo", "5 getAllProcessInfo"]);
  });
  test.each([0, 1])("at a supervisord that is stopping shows it so, and as live (%d followed)", async (followed) => {
    const { supervisord, watch, pace, names, pass, supervisor } = watched(3);
    await watch.look();
    supervisord.stop("restart");
    if (followed === 0) pass(10_000);
    pace.follow(names.slice(0, followed), 0);
    await watch.look();
    expect(supervisor()).toMatchObject({ link: { status: "live" }, facts: { state: "STOPPING" } });
    supervisord.vanish();
  });
  test("whose answer comes after the end of the link is told to nobody", async () => {
    const { watch, end, supervisor, pace, names } = watched(3);
    const late = watch.look();
    end();
    await late;
    expect(supervisor()?.facts ?? null).toBeNull();
    const next = watched(3);
    await next.watch.look();
    next.supervisord
      .processes()
      .get(names[0] ?? "")
      ?.stop();
    next.pace.follow(names.slice(0, 1), 0);
    const some = next.watch.look();
    next.end();
    await some;
    expect(next.knowledge.process(names[0] ?? "a:b")?.state).toBe("RUNNING");
    expect(pace.followed(0)).toEqual([]);
  });
  test.each([
    ["an identification that is no text", 0, "text expected"],
    ["a pid that is no number", 1, "number expected"],
  ])("that finds %s fails, and says so", async (_, at, words) => {
    const { watch } = watched(3, (rpc) => async (method, ...params) => {
      const answers = (await rpc(method, ...params)) as unknown[];
      return answers.map((answer, i) => (i === at ? [] : answer));
    });
    await expect(watch.look()).rejects.toThrow(words);
  });
});

describe("whoever asks for all anew", () => {
  test("has it with the next look, due or not, and not with one that began before", async () => {
    const { watch, asked } = watched(3);
    let first = "waits";
    const begun = watch.look();
    const done = watch.askForAll().then(() => {
      first = "seen";
    });
    await begun;
    expect(first).toBe("waits");
    await watch.look();
    await done;
    expect(asked).toEqual(["5 getAllProcessInfo", "5 getAllProcessInfo"]);
  });
  test("is told why it could not be had", async () => {
    const error = new MultivisorError("HOST_UNREACHABLE", "nobody there");
    const { watch } = watched(3, () => () => Promise.reject(error));
    const seen = watch.askForAll();
    seen.catch(() => {});
    await expect(watch.look()).rejects.toBe(error);
    await expect(seen).rejects.toBe(error);
  });
  test("is told that the link has ended, also where a look is under way", async () => {
    const { watch, end } = watched(3, () => () => new Promise(() => {}));
    const asking = [watch.askForAll()];
    void watch.look();
    asking.push(watch.askForAll());
    for (const one of asking) one.catch(() => {});
    end();
    watch.end(new Error("the link has ended"));
    for (const one of asking) await expect(one).rejects.toThrow("the link has ended");
  });
});
