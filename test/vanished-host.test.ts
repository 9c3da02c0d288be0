import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startHub, type TestHub } from "./support/hub.ts";
import { type NetworkNamespace, openNamespace, whyNoNamespaces } from "./support/network-namespace.ts";
import { socketsOf } from "./support/process-figures.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const why = whyNoNamespaces();
const PROGRAMS = "[program:sleeper]\ncommand=/bin/sleep 1000\nstartsecs=0\n";
/** One heartbeat of slack over what is promised. */
const DOWN_WITHIN_MS = 20_000;

describe.skipIf(why !== null)(`a host that vanishes without a word${why === null ? "" : ` (${why})`}`, () => {
  let network: NetworkNamespace;
  let host: TestSupervisord;
  let near: TestSupervisord;
  let hub: TestHub;

  beforeAll(async () => {
    network = openNamespace(place);
    const { address, prefix } = network;
    host = await startSupervisord(place, {
      ...{ name: "far", programs: PROGRAMS, address, prefix, agentArgs: ["--log-level", "DEBUG"] },
    });
    near = await startSupervisord(place, { name: "near", programs: PROGRAMS });
    hub = await startHub(place, { supervisors: [{ ...host, host: address }, near] });
    await hub.live("far", "near");
  }, 60_000);

  const linkOf = async (name: string) => {
    const data = await hub.json<{ supervisors: Record<string, { link: { status: string; reason: string } }> }>(
      "/api/data",
    );
    return data.supervisors[name]?.link;
  };
  const stop = async (name: string) => {
    const answer = await hub.post(
      ...(["/api/process/restart", { uid: `${name}:sleeper:sleeper` }, { accept: "application/json" }] as const),
    );
    return (await answer.json()) as { results: { ok: boolean; code: string; message: string }[] };
  };
  const streamsEnded = () => host.agentLog().match(/Stream \S+ ended/g)?.length ?? 0;

  test("is shown as down, refuses commands with that reason, and is live again when it is back; three times, without a leak", async () => {
    const sockets = socketsOf(hub.pid());
    for (let round = 1; round <= 3; round++) {
      network.pull();
      await waitFor("far to be down", async () => (await linkOf("far"))?.status === "down", DOWN_WITHIN_MS);
      const before = await host.pidOf("sleeper:sleeper");
      const { results } = await stop("far");
      expect(results).toMatchObject([{ ok: false, code: "HOST_UNREACHABLE" }]);
      expect(results[0]?.message).toContain(`far is down: ${(await linkOf("far"))?.reason}`);
      expect((await stop("near")).results).toMatchObject([{ ok: true }]);
      network.plug();
      await hub.live("far");
      expect(await host.pidOf("sleeper:sleeper")).toBe(before);
    }
    await waitFor(
      () => `the hub to have ${sockets} sockets again; it has ${socketsOf(hub.pid())}`,
      () => socketsOf(hub.pid()) <= sockets + 1,
      20_000,
    );
  }, 120_000);

  test("its agent forgets the hub that it does not hear any more", async () => {
    network.pull();
    const before = streamsEnded();
    await waitFor("the agent to end the stream", () => streamsEnded() > before, 30_000);
    network.plug();
    await hub.live("far");
  }, 60_000);
});
