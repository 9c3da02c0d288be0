import { afterAll, expect, test } from "bun:test";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { openFarHost } from "../../../test/support/far-host.ts";
import { openLinkBench } from "../../../test/support/link-bench.ts";
import { openTestPlace } from "../../../test/support/test-place.ts";
import { waitFor } from "../../../test/support/wait-for.ts";
import { startZerorpcPeer } from "../../../test/support/zerorpc-peer.ts";

const place = openTestPlace();
afterAll(() => place.close());

/** of what is sent to a host that is not known to be down */
const CALL_TIMEOUT_MS = 10_000;
const NAMES = ["bare", "old"] as const;
const sockets = () => readdirSync("/proc/self/fd").length;

function startSupervisordAt(there: (...words: string[]) => string[]): void {
  const dir = place.path("far");
  mkdirSync(dir);
  const conf = `${dir}/supervisord.conf`;
  writeFileSync(
    conf,
    `[supervisord]\nidentifier=far\nuser=root\nlogfile=${dir}/log\npidfile=${dir}/pid\nchildlogdir=${dir}
[inet_http_server]\nport=*:9001
[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
[program:web]\ncommand=/bin/sleep 1000\n`,
  );
  const supervisord = Bun.spawn(there("supervisord", "-n", "-c", conf), { stdout: "ignore", env: place.env });
  place.defer(async () => {
    supervisord.kill();
    await supervisord.exited;
  });
}

test("a host that vanishes without a word is down within 15 s, commands fail at once, and it is live 5 s after its return", async () => {
  const host = openFarHost(place);
  startSupervisordAt(host.there);
  const peer = await startZerorpcPeer(place, "rpcinterface", { there: host.there, port: 9_003 });
  const bench = openLinkBench(place, { bare: `url=http://${host.ip}:9001`, old: `url=${host.ip}:9003` });
  await bench.live(...NAMES);
  const before = sockets();
  for (let round = 0; round < 2; round++) {
    host.vanish();
    await waitFor("both to be down", () => NAMES.every((name) => bench.reason(name) !== ""), 20_000);
    const askedMs = performance.now();
    const results = await bench.hub.processActions.perform("stop", ["*:web:web"]);
    expect(results).toMatchObject([{ code: "HOST_UNREACHABLE" }, { code: "HOST_UNREACHABLE" }]);
    expect(performance.now() - askedMs).toBeLessThan(CALL_TIMEOUT_MS);
    host.comeBack();
    const isLive = (name: string) => bench.supervisor(name)?.link.status === "live";
    await waitFor("both to be live", () => NAMES.every(isLive), 20_000);
  }
  expect(bench.supervisor("old")?.linkKind).toBe("zerorpc");
  expect(sockets()).toBeLessThanOrEqual(before + 2);
  expect(peer.problems()).toEqual([]);
  const gaps = bench.history("bare").filter(({ kind }) => kind === "gap");
  expect(gaps.map(({ reason }) => reason)).toEqual(["not_watched", "not_watched"]);
}, 90_000);
