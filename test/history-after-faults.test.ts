import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { announcedSequences, countSteps, storedSequences } from "./support/compare.ts";
import { fetchHistory, type HistoryItem } from "./support/history.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import type { Announced } from "./support/recorder.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { drive, restless } from "./support/traffic.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

/** What the fault may have cost: nothing that was announced. */
const AT_LEAST = 200;

type Scene = { readonly host: TestSupervisord; readonly hub: TestHub };

async function scene(name: string): Promise<Scene> {
  const host = await startSupervisord(place, { name, programs: restless(15) });
  const hub = await startHub(place, { supervisors: [host] });
  await hub.live(name);
  // Before its startsecs have passed an agent is told nothing.
  await waitFor("the agent to be told of events", async () => (await fetchHistory(hub)).length > 0);
  return { host, hub };
}

/** The supervisor's whole history, when as much has arrived as was announced, or the comparison that failed. */
async function settled({ host, hub }: Scene): Promise<HistoryItem[]> {
  let items: HistoryItem[] = [];
  const complete = async () => {
    items = await fetchHistory(hub, { supervisor: host.name });
    return countSteps(storedSequences(items)) >= countSteps(announcedSequences(host.recorder.announced()));
  };
  await waitFor("the history to catch up", complete, 15_000).catch(() => {});
  return items;
}

/** Stops what runs by itself, so that nothing is on its way while we compare. */
const calm = ({ host }: Scene) =>
  waitFor("the restless ones to be stopped", async () => {
    await host.rpc("supervisor.stopProcessGroup", "restless");
    const infos = (await host.rpc("supervisor.getAllProcessInfo")) as { group: string; statename: string }[];
    return infos.every((info) => info.group !== "restless" || info.statename === "STOPPED");
  });

async function expectEverythingOnce(scene: Scene): Promise<HistoryItem[]> {
  await calm(scene);
  const items = await settled(scene);
  const announced = announcedSequences(scene.host.recorder.announced());
  expect(countSteps(announced)).toBeGreaterThanOrEqual(AT_LEAST);
  expect(storedSequences(items)).toEqual(announced);
  const ids = items.map((item) => item.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(items.map((item) => item.at)).toEqual(items.map((item) => item.at).sort((a, b) => a - b));
  expectGapsCover(scene, items);
  return items;
}

/** What the agent was not there to hear of: its own end, and that of the sentinel beside it. */
function unheard({ host }: Scene, items: readonly HistoryItem[]): Announced[] {
  const key = (group: string | null, name: string | null, from: string | null, to: string | null, pid: number | null) =>
    `${group}:${name} ${from}>${to} ${pid}`;
  const heard = new Set(items.map((i) => key(i.group, i.name, i.from_state, i.to_state, i.pid)));
  return host.recorder
    .announced()
    .filter((a) => a.group !== "recorder" && !heard.has(key(a.group, a.name, a.from, a.to, a.pid)));
}

/** Clocks are the same here; the recorder and the agent read them a moment apart. */
const SLACK_MS = 500;

const isWithin = (gap: HistoryItem, atMs: number) => (gap.from ?? 0) - SLACK_MS <= atMs && atMs <= gap.at + SLACK_MS;

function expectGapsCover(scene: Scene, items: readonly HistoryItem[]): void {
  const found = gaps(items);
  for (const gap of found) expect(gap.from).toBeLessThanOrEqual(gap.at);
  expect(unheard(scene, items).filter((a) => !found.some((gap) => isWithin(gap, a.atMs)))).toEqual([]);
}

const gaps = (items: readonly HistoryItem[]) => items.filter((item) => item.kind === "gap");

const transitionCount = (host: TestSupervisord) => countSteps(announcedSequences(host.recorder.announced()));

const more = async (host: TestSupervisord, count: number) => {
  const before = transitionCount(host);
  await waitFor(`${count} more transitions`, () => transitionCount(host) >= before + count);
};

const agentPid = (host: TestSupervisord) => host.pidOf("multivisor:multivisor");

async function killAgent(host: TestSupervisord): Promise<void> {
  const pid = await waitFor("the agent to run", () => agentPid(host));
  process.kill(pid, "SIGKILL");
  await waitFor("another agent", async () => {
    const now = await agentPid(host);
    return now !== 0 && now !== pid && (await host.stateOf("multivisor:multivisor")) === "RUNNING";
  });
}

describe("while processes come and go", () => {
  test("supervisord is restarted: all that it announced is in the history once and in order, the absence is a gap", async () => {
    const at = await scene("restarted");
    await more(at.host, 100);
    const beforeMs = Date.now();
    await at.host.rpc("supervisor.restart");
    await waitFor("supervisord to run again", async () => (await at.host.rpc("supervisor.getState")) !== null, 30_000);
    await at.hub.live("restarted");
    await more(at.host, 120);
    const items = await expectEverythingOnce(at);
    expect(gaps(items)).toHaveLength(1);
    expect(gaps(items)[0]?.at).toBeGreaterThanOrEqual(beforeMs);
  }, 90_000);

  test("supervisord is shut down and started again: nothing is missing but what nobody was there to see", async () => {
    const at = await scene("reborn");
    await more(at.host, 100);
    await at.host.stop();
    const downMs = Date.now();
    await waitFor("the hub to say that it is down", async () => !(await at.hub.data()).supervisors.reborn?.running);
    const upMs = Date.now();
    await at.host.start();
    await at.hub.live("reborn");
    await more(at.host, 120);
    const found = gaps(await expectEverythingOnce(at));
    const covering = found.filter((gap) => (gap.from ?? Number.POSITIVE_INFINITY) <= downMs && gap.at >= upMs);
    expect(covering).toHaveLength(1);
    expect(covering[0]?.reason).toBe("supervisord_not_running");
  }, 90_000);

  test("the agent is killed three times: the events that waited for it arrive, its absences are gaps", async () => {
    const at = await scene("beheaded");
    await more(at.host, 60);
    for (let i = 0; i < 3; i++) {
      await killAgent(at.host);
      await more(at.host, 60);
    }
    await at.hub.live("beheaded");
    const found = gaps(await expectEverythingOnce(at));
    expect(found).toHaveLength(3);
    for (const gap of found) expect(gap.reason).toBe("agent_not_running");
  }, 90_000);

  test("the hub is killed twice: it goes on where it was", async () => {
    const at = await scene("hubless");
    await more(at.host, 60);
    for (let i = 0; i < 2; i++) {
      await at.hub.kill9();
      await more(at.host, 60);
      await at.hub.start();
      await at.hub.live("hubless");
      await more(at.host, 60);
    }
    const found = gaps(await expectEverythingOnce(at));
    expect(found).toEqual([]);
  }, 90_000);

  test("the hub is stopped while 200 transitions happen: it learns of all of them afterwards", async () => {
    const at = await scene("unwatched");
    await at.hub.stop();
    await more(at.host, 200);
    await at.hub.start();
    await at.hub.live("unwatched");
    const found = gaps(await expectEverythingOnce(at));
    expect(found).toEqual([]);
  }, 90_000);

  test("the agent hangs: the hub says so within 20 s, and when it goes on nothing is missing", async () => {
    const at = await scene("frozen");
    await more(at.host, 60);
    const pid = await agentPid(at.host);
    process.kill(pid, "SIGSTOP");
    const isDown = async () => !(await at.hub.data()).supervisors.frozen?.running;
    await waitFor("the hub to notice the silence", isDown);
    await more(at.host, 100);
    process.kill(pid, "SIGCONT");
    await at.hub.live("frozen");
    await more(at.host, 60);
    expect(gaps(await expectEverythingOnce(at))).toEqual([]);
  }, 90_000);

  test("the hub hangs: nobody waits for it, and when it goes on nothing is missing", async () => {
    const at = await scene("patient");
    await more(at.host, 60);
    process.kill(at.hub.pid(), "SIGSTOP");
    await more(at.host, 200);
    process.kill(at.hub.pid(), "SIGCONT");
    await at.hub.live("patient");
    expect(gaps(await expectEverythingOnce(at))).toEqual([]);
  }, 90_000);
});

describe("200 starts and stops at full speed", () => {
  let at: Scene;
  beforeAll(async () => {
    at = await scene("hurried");
    await calm(at);
  }, 60_000);

  test("are all in the history, once and in order", async () => {
    const before = transitionCount(at.host);
    await drive(at.host, 200);
    await waitFor("supervisord to have announced all", () => transitionCount(at.host) >= before + 800);
    const items = await settled(at);
    expect(storedSequences(items)).toEqual(announcedSequences(at.host.recorder.announced()));
    expect(gaps(items)).toEqual([]);
  }, 60_000);
});
