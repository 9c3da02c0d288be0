import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startFleet, type TestFleet } from "./support/fleet.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const LINKS = ["agent", "xmlrpc", "zerorpc", "zerorpc-listener"] as const;
const NAMES = LINKS.map((_, i) => `sim00${i + 1}`);

let fleet: TestFleet;
let hub: TestHub;
beforeAll(async () => {
  fleet = await startFleet(place, { supervisors: LINKS.length, processes: 8, links: LINKS });
  hub = await startHub(place, { supervisors: fleet.members });
  await hub.live(...NAMES);
});

const shown = async (host: string) =>
  Object.values((await hub.data()).supervisors[host]?.processes ?? {})
    .map(({ group, name, statename, pid }) => `${group}:${name} ${statename} ${pid}`)
    .sort();
const truth = async (host: string) =>
  (await fleet.processes(host)).map(({ namespec, state, pid }) => `${namespec} ${state} ${pid}`).sort();
const isTrue = (host: string) =>
  waitFor(`${host} to be shown as it is`, async () => Bun.deepEquals(await shown(host), await truth(host)));
const isLive = async (host: string) => (await hub.data()).supervisors[host]?.running === true;
const gaps = async (host: string): Promise<string[]> => {
  const { items } = await hub.json<{ items: { kind: string; reason?: string }[] }>(
    `/api/history?supervisor=${host}&kind=gap&limit=100`,
  );
  return items.filter(({ kind }) => kind === "gap").map(({ reason = "" }) => reason);
};

describe.each(LINKS.map((link, i) => [link, NAMES[i] ?? ""]))("a hub at a simulated %s", (link, host) => {
  test("shows what is true, and follows it", async () => {
    await isTrue(host);
    await fleet.tell("burst", { hosts: host, count: 100 });
    await fleet.tell("kill", { hosts: host, process: "PLC:*" });
    await isTrue(host);
  });

  test("stops a process, which the host then says too", async () => {
    const uid = `${host}:Motion:motion01`;
    await hub.post("/api/process/stop", { uid });
    const state = async () => (await fleet.processes(host)).find((p) => p.namespec === "Motion:motion01")?.state;
    expect(await state()).toBe("STOPPED");
    await isTrue(host);
    await hub.post("/api/process/start", { uid });
    expect(await state()).toBe("RUNNING");
  });

  test("reads a log that grows", async () => {
    const path = `/api/process/log/out/${host}:Scan:scan01?lines=100`;
    const before = await (await hub.get(path)).text();
    expect(before).toMatch(/scan01: step \d+ ok/);
    await fleet.tell("log", { hosts: host, process: "Scan:scan01", channel: "stdout", text: `to be seen ${link}\n` });
    await waitFor("the new line", async () => (await (await hub.get(path)).text()).includes(`to be seen ${link}`));
  });

  test("loses it with the network, and has it back", async () => {
    await fleet.tell("cut", { hosts: host });
    await waitFor(`${host} to be down`, async () => !(await isLive(host)));
    await fleet.tell("step", { hosts: host, process: "Vacuum:vacuum01" });
    await fleet.tell("join", { hosts: host });
    await waitFor(`${host} to be live`, () => isLive(host));
    await isTrue(host);
  });

  test("survives a power failure of the host", async () => {
    await fleet.tell("fall", { hosts: host });
    await waitFor(`${host} to be down`, async () => !(await isLive(host)));
    await fleet.tell("rise", { hosts: host });
    await waitFor(`${host} to be live`, () => isLive(host));
    await isTrue(host);
    await waitFor("the gap", async () => (await gaps(host)).length > 0);
  });
});

describe("a simulated host with an agent", () => {
  test("loses nothing while its agent is away, and says what supervisord lost", async () => {
    await fleet.tell("restart-agent", { hosts: "sim001" });
    await fleet.tell("burst", { hosts: "sim001", count: 30 });
    await waitFor("it to be live", () => isLive("sim001"));
    await isTrue("sim001");
    expect(await gaps("sim001")).not.toContain("events_lost");
    await fleet.tell("drop", { hosts: "sim001", count: 3 });
    await fleet.tell("burst", { hosts: "sim001", count: 9 });
    await waitFor("the gap", async () => (await gaps("sim001")).includes("events_lost"));
    await isTrue("sim001");
  });

  test("restarts its supervisord", async () => {
    await hub.post("/api/supervisor/restart", { supervisor: "sim001" });
    await waitFor(
      "all to have begun anew",
      async () =>
        (await hub.json<{ items: unknown[] }>("/api/history?supervisor=sim001&kind=supervisor&limit=10")).items
          .length >= 2,
    );
    await isTrue("sim001");
  });
});

describe("the control port", () => {
  test.each([
    ["an unknown verb", "/v1/explode", {}, "no such thing"],
    ["an unknown host", "/v1/kill", { body: '{"hosts":"nobody","process":"*"}' }, "nobody"],
    ["a wrong field", "/v1/burst", { body: '{"count":"many"}' }, "/count"],
    ["no JSON", "/v1/burst", { body: "{" }, "no JSON"],
    ["a page in a browser", "/v1/kill", { headers: { origin: "https://evil.example" }, body: "{}" }, "web page"],
  ])("refuses %s in words", async (_, path, init, words) => {
    const answer = await fetch(fleet.url + path, { method: "POST", ...init });
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { message: string }).message).toContain(words);
  });
});
