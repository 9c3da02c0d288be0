import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startHub, type TestHub } from "./support/hub.ts";
import { run, runCli } from "./support/run.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = `
[program:up]
command=/bin/sleep 1000
startsecs=0
[program:off]
command=/bin/sleep 1000
autostart=false
[program:broken]
command=/nowhere/at/all
startretries=0
[program:done]
command=/bin/true
startsecs=0
autorestart=false
`;

let host: TestSupervisord;
let hub: TestHub;
beforeAll(async () => {
  host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS });
  hub = await startHub(place, { supervisors: [host] });
  await hub.live("lid001");
  await waitFor("broken to be FATAL", async () => (await hub.process("lid001:broken:broken"))?.statename === "FATAL");
  await waitFor("an uptime to tell by", async () => /0:00:0[6-9]/.test(String((await info("up")).description)));
}, 60_000);

const info = (name: string) => host.rpc("supervisor.getProcessInfo", name) as Promise<{ description: string }>;

type Line = { state: string; description: string };

const parse = (line: string): Line => {
  const [, state = "", description = ""] = /^\S+ +([A-Z]+) +(.*)$/.exec(line.trimEnd()) ?? [];
  return { state, description };
};

/** Seconds of "pid 17, uptime 0:01:02"; null where there is no uptime. */
function uptimeS({ description }: Line): number | null {
  const match = /uptime (\d+):(\d\d):(\d\d)$/.exec(description);
  return match === null ? null : Number(match[1]) * 3_600 + Number(match[2]) * 60 + Number(match[3]);
}

const withoutUptime = ({ state, description }: Line) => `${state} ${description.replace(/uptime .*/, "uptime")}`;

describe("multivisor cli status", () => {
  test.each(["up", "off", "broken", "done"])(
    "prints of %s what supervisorctl prints, with the same exit code",
    async (name) => {
      const theirs = await run(place, ["supervisorctl", "-c", host.conf, "status", name]);
      const ours = await runCli(place, hub, "status", `lid001:${name}:${name}`);
      const [their, our] = [parse(theirs.stdout), parse(ours.stdout)];
      expect(withoutUptime(our)).toBe(withoutUptime(their));
      const [theirS, ourS] = [uptimeS(their), uptimeS(our)];
      if (theirS === null) expect(ourS).toBeNull();
      else expect(Math.abs((ourS ?? Number.NEGATIVE_INFINITY) - theirS)).toBeLessThanOrEqual(2);
      expect(ours.exitCode).toBe(theirs.exitCode);
    },
  );
});
