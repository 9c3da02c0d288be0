import { afterAll, beforeAll, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { multivisor } from "./support/executable.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const RATE = 2_000;

/** Writes numbered lines, RATE a second, and goes on where it was when it is started again. */
const WRITER = `
import os, signal, sys, time
ending = []
signal.signal(signal.SIGTERM, lambda *_: ending.append(True))
path = sys.argv[1]
n = int(open(path).read()) if os.path.exists(path) else 0
out = os.fdopen(1, "wb", 0)
while not ending:
    lines = b"".join(b"%d line\\n" % i for i in range(n, n + ${RATE / 50}))
    out.write(lines)
    n += ${RATE / 50}
    with open(path + ".new", "w") as f: f.write(str(n))
    os.rename(path + ".new", path)
    time.sleep(0.02)
`;

const NAMES = ["one", "two", "three"];
let host: TestSupervisord;
let hub: TestHub;
beforeAll(async () => {
  writeFileSync(place.path("writer.py"), WRITER);
  const programs = NAMES.map(
    (name) => `
[program:${name}]
command=python3 ${place.path("writer.py")} ${place.path(`${name}.n`)}
stdout_logfile=${place.path(`${name}.log`)}
stdout_logfile_maxbytes=1MB
stdout_logfile_backups=20
startsecs=0
`,
  ).join("");
  host = await startSupervisord(place, { name: "lid001", programs });
  hub = await startHub(place, { supervisors: [host] });
  await hub.live("lid001");
}, 60_000);

test("tail -f of three processes at 2,000 lines/s loses and repeats nothing, through restarts of hub, agent and processes and through rotation", async () => {
  const proc = Bun.spawn(multivisor("cli", "--url", hub.url, "tail", "-f", "-n", "1", ...NAMES), {
    ...{ env: place.env, stdin: "ignore", stdout: "pipe", stderr: "pipe" },
  });
  place.defer(() => proc.kill("SIGKILL"));
  const seen = new Map<string, number[]>(NAMES.map((name) => [`lid001:${name}:${name}`, []]));
  let rest = "";
  const decoder = new TextDecoder();
  const reading = (async () => {
    for await (const bytes of proc.stdout) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const [uid = "", text = ""] = line.split(" | ");
        seen.get(uid.trim())?.push(Number.parseInt(text, 10));
      }
    }
  })();
  const all = (count: number) =>
    waitFor(
      () => `${count} lines of each: ${[...seen.values()].map((numbers) => numbers.length)}`,
      () => [...seen.values()].every((numbers) => numbers.length > count),
      40_000,
    );
  await all(4_000);
  await hub.kill9();
  await hub.start();
  await all(10_000);
  const agent = await host.pidOf("multivisor:multivisor");
  process.kill(agent, "SIGKILL");
  await waitFor("another agent", async () => {
    const pid = await host.pidOf("multivisor:multivisor");
    return pid > 0 && pid !== agent;
  });
  await all(15_000);
  await hub.post("/api/process/restart", { uid: NAMES.join(",") });
  await all(20_000);
  proc.kill("SIGINT");
  await reading;
  expect(await proc.exited).toBe(130);
  for (const numbers of seen.values()) {
    const first = numbers[0] ?? 0;
    expect(numbers.findIndex((number, i) => number !== first + i)).toBe(-1);
  }
}, 120_000);
