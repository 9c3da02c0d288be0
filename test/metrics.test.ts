import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { multivisor } from "./support/executable.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { startSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = `
[program:steady]
command=/bin/sleep 1000
startsecs=0
[program:dies]
command=/bin/sh -c "sleep 0.2; exit 3"
startsecs=0
autorestart=false
autostart=false
`;

let hub: TestHub;
beforeAll(async () => {
  const host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS });
  const supervisors = [host, { name: 'od"d\\name', agentPort: 1 }];
  hub = await startHub(place, { supervisors, args: ["--log-format", "json"] });
  await hub.live("lid001");
  await hub.post("/api/process/start", { uid: "lid001:dies:dies" });
  await waitFor("it to die", async () => (await hub.process("lid001:dies:dies"))?.statename === "EXITED");
}, 60_000);

const metrics = async (query = "") => (await hub.get(`/metrics${query}`)).text();

async function promtool(words: readonly string[], stdin = ""): Promise<{ code: number; said: string }> {
  const child = Bun.spawn(["promtool", ...words], { stdin: new Blob([stdin]), stdout: "pipe", stderr: "pipe" });
  const [out, err, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { code, said: out + err };
}

describe("GET /metrics", () => {
  test("is as Prometheus wants it, by its own tool", async () => {
    const answer = await hub.get("/metrics");
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(await promtool(["check", "metrics"], await answer.text())).toEqual({ code: 0, said: "" });
  });

  test("tells of each process and of each supervisor", async () => {
    const text = await metrics();
    const of = 'supervisor="lid001",group="dies",process="dies"';
    expect(text).toContain(`multivisor_process_state{${of},state="EXITED"} 1\n`);
    expect(text).toContain(`multivisor_process_up{${of}} 0\n`);
    expect(text).toContain(`multivisor_process_starts_total{${of}} 1\n`);
    expect(text).toContain(`multivisor_process_exits_total{${of},kind="unexpected"} 1\n`);
    expect(text).toContain('multivisor_process_up{supervisor="lid001",group="steady",process="steady"} 1\n');
    expect(text).toContain('multivisor_supervisor_up{supervisor="lid001"} 1\n');
    expect(text).toContain('multivisor_supervisor_up{supervisor="od\\"d\\\\name"} 0\n');
    expect(text).toMatch(/multivisor_event_lag_seconds_count [1-9]/);
    expect(text).toMatch(/multivisor_http_requests_total\{code="200"\} [1-9]/);
    expect(text).toMatch(/multivisor_supervisor_info\{supervisor="lid001",link="agent",agent_version="[\d.]+/);
  });

  test("leaves single processes out on request", async () => {
    const text = await metrics("?processes=0");
    expect(text).not.toContain("multivisor_process_up");
    expect(text).toContain('multivisor_supervisor_processes{supervisor="lid001",state="EXITED"} 1\n');
  });

  test("has every figure that the alerts and the dashboard speak of", async () => {
    const docs = join(import.meta.dir, "..", "docs", "prometheus");
    expect((await promtool(["check", "rules", join(docs, "alerts.yml")])).said).toContain("SUCCESS: 7 rules found");
    // What a process uses is told every 5 s.
    await waitFor("what processes use", async () => (await metrics()).includes("multivisor_process_cpu_usage_ratio"));
    const text = await metrics();
    const steady = /multivisor_process_resident_memory_bytes\{[^}]*process="steady"\} (\d+)/.exec(text);
    expect(Number(steady?.[1])).toBeGreaterThan(100_000);
    expect(text).not.toMatch(/multivisor_process_resident_memory_bytes\{[^}]*process="dies"/);
    for (const file of ["alerts.yml", "grafana-dashboard.json"]) {
      const names = (await Bun.file(join(docs, file)).text()).match(/multivisor_[a-z_]+/g) ?? [];
      const known = (name: string) => text.includes(`# TYPE ${name.replace(/_bucket$/, "")} `);
      expect(names.filter((name) => !known(name))).toEqual([]);
    }
  });
});

describe("who starts and stops hubs", () => {
  test("asks /healthz and /readyz", async () => {
    for (const path of ["/healthz", "/readyz"]) {
      const answer = await hub.get(path);
      expect([answer.status, await answer.text()]).toEqual([200, "OK"]);
    }
  });

  test("reads its log as JSON", () => {
    const lines = hub
      .log()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, string>);
    expect(lines.map(({ level }) => level)).toContain("INFO");
    expect(lines.some(({ message }) => message?.includes("listens on"))).toBe(true);
    expect(Object.keys(lines[0] ?? {})).toEqual(["time", "level", "message"]);
  });

  test("is told by systemd's protocol that the hub is ready, lives and ends", async () => {
    const socket = place.path("notify.sock");
    const listener = `
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
print("bound", flush=True)
while True: print(s.recv(4096).decode().split("\\n")[0], flush=True)
`;
    const python = Bun.spawn(["python3", "-c", listener, socket], {
      env: place.env,
      stdout: "pipe",
      stderr: "inherit",
    });
    place.defer(() => python.kill("SIGKILL"));
    let said = "";
    void (async () => {
      for await (const chunk of python.stdout) said += new TextDecoder().decode(chunk);
    })();
    await waitFor("the socket", () => said.includes("bound"));
    const conf = place.path("notified.conf");
    await Bun.write(conf, "[global]\nname=x\n");
    const env = { ...place.env, NOTIFY_SOCKET: socket, WATCHDOG_USEC: "100000" };
    const words = multivisor("hub", "-c", conf, "--bind", "127.0.0.1:0", "--db", place.path("notified.sqlite"));
    const child = Bun.spawn(words, { env, stdin: "ignore", stdout: "ignore", stderr: "ignore" });
    place.defer(() => child.kill("SIGKILL"));
    await waitFor("two signs of life", () => said.split("WATCHDOG=1").length > 2);
    child.kill("SIGTERM");
    expect(await child.exited).toBe(0);
    await waitFor("the end", () => said.includes("STOPPING=1"));
    expect(said.split("\n")[1]).toMatch(/READY=1|WATCHDOG=1/);
    expect(said).toContain("READY=1");
  });
});
