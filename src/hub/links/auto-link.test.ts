import { afterAll, describe, expect, test } from "bun:test";
import { openLinkBench } from "../../../test/support/link-bench.ts";
import { openTestPlace } from "../../../test/support/test-place.ts";
import { waitFor } from "../../../test/support/wait-for.ts";
import { startZerorpcPeer } from "../../../test/support/zerorpc-peer.ts";
import { freePort } from "../../demo/free-port.ts";
import { createSimulatedHost } from "../../demo/simulated/host.ts";

const place = openTestPlace();
afterAll(() => place.close());

/** Our agent over a simulated supervisord. @returns ends both */
async function startOurAgent(port: number): Promise<() => void> {
  const what = { name: "moved", link: "agent", processes: 3, seed: 1, peculiar: false, offsetMs: 0 } as const;
  const host = await createSimulatedHost({ ...what, port, dir: place.dir });
  place.defer(host.close);
  return host.close;
}

describe("host:port alone", () => {
  test.each(["", "tcp://"])(
    "%s finds an agent of Multivisor 6 by itself",
    async (scheme) => {
      const peer = await startZerorpcPeer(place, "rpcinterface");
      const bench = openLinkBench(place, { old: `url=${scheme}127.0.0.1:${peer.port}` });
      await bench.live("old");
      expect(bench.supervisor("old")).toMatchObject({ linkKind: "zerorpc", agentVersion: null });
      bench.hub.reload();
      expect(bench.supervisor("old")).toMatchObject({ linkKind: "zerorpc", link: { status: "live" } });
      await bench.close();
      expect(peer.problems()).toEqual([]);
    },
    30_000,
  );

  test("finds an agent of ours, also on a host that is moved from the one to the other and back", async () => {
    const peer = await startZerorpcPeer(place, "eventlistener");
    const bench = openLinkBench(place, { moved: `url=127.0.0.1:${peer.port}` });
    await bench.live("moved");
    await peer.kill();
    await waitFor("it to be down", () => bench.reason("moved") !== "");
    const endAgent = await startOurAgent(peer.port);
    await waitFor("our agent to be found", () => bench.supervisor("moved")?.linkKind === "agent");
    await bench.live("moved");
    expect(bench.supervisor("moved")?.agentVersion).not.toBeNull();
    endAgent();
    await peer.start();
    await waitFor("the old agent to be found", () => bench.supervisor("moved")?.linkKind === "zerorpc");
    await bench.live("moved");
    expect(bench.supervisor("moved")?.agentVersion).toBeNull();
  }, 60_000);

  test("nobody there, or somebody who speaks something else: the reason is said in words", async () => {
    const other = Bun.listen({
      hostname: "127.0.0.1",
      port: 0,
      socket: { open: (socket) => void socket.write("220 mail.example.org ESMTP\r\n"), data() {} },
    });
    place.defer(() => other.stop(true));
    const port = await freePort();
    const bench = openLinkBench(place, { none: `url=127.0.0.1:${port}`, other: `url=127.0.0.1:${other.port}` });
    await waitFor("both reasons", () => bench.reason("none") !== "" && bench.reason("other") !== "");
    expect(bench.reason("none")).toBe("connection refused");
    expect(bench.reason("other")).toContain("no agent, neither of multivisor 7 nor of multivisor 6");
    expect(await bench.hub.supervisorActions.perform("reread", ["none"])).toMatchObject([{ code: "HOST_UNREACHABLE" }]);
  }, 60_000);
});
