import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import type { Evidence } from "../src/domain/evidence.ts";
import type { Transition } from "../src/domain/journal-entry.ts";
import { type AgentStream, followAgent } from "./support/agent-stream.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";

const place = openTestPlace();
let host: TestSupervisord;
let agent: AgentStream;

const script = (name: string, text: string): string => {
  const path = place.path(`${name}.sh`);
  writeFileSync(path, text);
  return `/bin/bash ${path}`;
};

/** Says its number, then waits for the file that is its order to die. */
const waits = (end: string) => `
while [ ! -e $1 ]; do sleep 0.02; done
rm -f $1
${end}`;

const programs = () => `
[program:codes]
command=${script("codes", waits('echo "out of $$"; echo "Traceback: bad luck in $$" >&2; exit 3'))} ${place.path("codes.go")}
startsecs=0
[program:victim]
command=${script("victim", "echo ready; sleep 1000 & wait")}
startsecs=0
[program:segv]
command=${script("segv", `ulimit -c unlimited; cd ${place.path("host")}; echo before >&2; kill -SEGV $$`)}
autostart=false
autorestart=false
startsecs=0
[program:flood]
command=${script(
  "flood",
  `echo "run $$ begins" >&2; for i in {1..400}; do echo "noise of run $$"; done >&2; ${waits('echo "last words of $$" >&2; exit 7')}`,
)} ${place.path("flood.go")}
startsecs=0
[program:merged]
command=${script("merged", "echo to stdout; echo to stderr >&2; exit 5")}
autostart=false
autorestart=false
redirect_stderr=true
startsecs=0
[program:silent]
command=${script("silent", "echo unheard; exit 6")}
autostart=false
autorestart=false
stdout_logfile=NONE
stderr_logfile=NONE
startsecs=0
[program:binary]
command=${script("binary", "printf 'caf\\xe9 \\x00 \\x1b[31mred \\xe2\\x9c\\x93\\n' >&2; exit 8")}
autostart=false
autorestart=false
startsecs=0
[program:nofile]
command=/does/not/exist
startretries=1
[program:tooquick]
command=${script("tooquick", 'echo "cannot open db" >&2; exit 9')}
autostart=false
startretries=1
[program:twin]
command=${script("twin", waits("exit $2"))} ${place.path("twin.go")} 21
startsecs=0
autorestart=false
[program:othertwin]
command=${script("othertwin", waits("kill -KILL $$"))} ${place.path("othertwin.go")}
process_name=twin
startsecs=0
autorestart=false
[program:expected]
command=${script("expected", "exit 0")}
autostart=false
autorestart=false
startsecs=0
`;

beforeAll(async () => {
  host = await startSupervisord(place, { name: "host", programs: programs() });
  agent = followAgent(place, host.agentPort);
  await agent.until("the programs to run", () =>
    ["codes", "victim", "flood", "twin"].every((name) => lastOf(name)?.toState === "RUNNING"),
  );
}, 60_000);
afterAll(() => place.close(), 60_000);

const of = (name: string) => agent.transitions().filter((t) => t.name === name);
const lastOf = (name: string) => of(name).at(-1);
const deaths = (name: string, state = "EXITED") => of(name).filter((t) => t.toState === state);
const evidenceFor = (t: Transition): Evidence | undefined =>
  agent.entries
    .filter((e) => e.kind === "detail" && e.ofSeq === t.seq)
    .map((e) => (e.kind === "detail" ? e.evidence : null))
    .find((e) => e != null) ?? undefined;
const evidenceOf = (name: string, count: number, state = "EXITED") =>
  agent.until(`evidence ${count} of ${name}`, () => {
    const death = deaths(name, state)[count - 1];
    return death && evidenceFor(death);
  });
const order = (name: string) => writeFileSync(place.path(`${name}.go`), "");
const start = (name: string) => agent.call({ method: "startProcess", namespec: name });

describe("why a process died", () => {
  test("exit code, time, and what it wrote last, though supervisord has started it again", async () => {
    const pid = await host.pidOf("codes");
    order("codes");
    const evidence = await evidenceOf("codes", 1);
    expect(evidence).toMatchObject({ exitCode: 3, signal: null });
    expect([`Traceback: bad luck in ${pid}\n`, null]).toContain(evidence.stderrTail);
    expect([`out of ${pid}\n`, null]).toContain(evidence.stdoutTail);
    expect(evidence.ranMs).toBeGreaterThan(0);
    await agent.until("the next run", () => lastOf("codes")?.toState === "RUNNING");
  });

  test("the signal that killed it", async () => {
    process.kill(await host.pidOf("victim"), "SIGKILL");
    const evidence = await evidenceOf("victim", 1);
    expect(evidence).toMatchObject({ exitCode: null, signal: "SIGKILL" });
    // Left out where the next run may have begun to write by the time that we could read.
    expect(["ready\n", null]).toContain(evidence.stdoutTail);
    await start("segv:segv");
    expect(await evidenceOf("segv", 1)).toMatchObject({ exitCode: null, signal: "SIGSEGV", stderrTail: "before\n" });
  });

  test("its own last lines, not those with which the next run fills the log at once", async () => {
    let sure = 0;
    for (let round = 1; round <= 12; round++) {
      await agent.until("it to run", () => lastOf("flood")?.toState === "RUNNING");
      const pid = await host.pidOf("flood");
      order("flood");
      const evidence = await evidenceOf("flood", round);
      expect(evidence.exitCode).toBe(7);
      if (evidence.stderrTail === null) continue; // a machine so busy that it could not be told
      const lines = evidence.stderrTail.split("\n");
      expect([round, lines.length, lines.at(-2)]).toEqual([round, 51, `last words of ${pid}`]);
      sure += 1;
    }
    expect(sure).toBeGreaterThan(6);
  }, 60_000);

  test("both streams in one where they are one, nothing where nothing is kept", async () => {
    await start("merged:merged");
    expect(await evidenceOf("merged", 1)).toMatchObject({
      ...{ exitCode: 5, stdoutTail: "to stdout\nto stderr\n", stderrTail: null },
    });
    await start("silent:silent");
    expect(await evidenceOf("silent", 1)).toMatchObject({ exitCode: 6, stdoutTail: null, stderrTail: null });
  });

  test("whatever bytes it wrote", async () => {
    await start("binary:binary");
    expect((await evidenceOf("binary", 1)).stderrTail).toBe("caf\ufffd \u0000 \u001b[31mred ✓\n");
  });

  test("a program that gives up says why with each try and at the end", async () => {
    await start("tooquick:tooquick");
    const fatal = await evidenceOf("tooquick", 1, "FATAL");
    expect(fatal).toMatchObject({ exitCode: 9, stderrTail: "cannot open db\ncannot open db\n" });
    expect(await evidenceOf("tooquick", 1, "BACKOFF")).toMatchObject({ exitCode: 9, stderrTail: "cannot open db\n" });
  });

  test("a program that cannot be started has no end that it could tell of, but why", async () => {
    const fatal = await agent.until("it to give up", () => deaths("nofile", "FATAL")[0]);
    const detail = await agent.until("why", () =>
      agent.entries.find((e) => e.kind === "detail" && e.ofSeq === fatal.seq),
    );
    expect(detail).toMatchObject({ spawnerr: expect.stringContaining("/does/not/exist") });
    expect(evidenceFor(fatal)).toBe(undefined);
  });

  test("two of one name in two groups that die at the same moment are told apart", async () => {
    order("twin");
    order("othertwin");
    const both = await agent.until("both deaths", () => {
      const ends = deaths("twin").map((t) => ({ group: t.group, evidence: evidenceFor(t) }));
      return ends.length === 2 && ends.every(({ evidence }) => evidence !== undefined) && ends;
    });
    const causes = Object.fromEntries(both.map(({ group, evidence }) => [group, evidence]));
    expect(causes.twin).toMatchObject({ exitCode: 21, signal: null });
    expect(causes.othertwin).toMatchObject({ exitCode: null, signal: "SIGKILL" });
  });

  test("an end that was expected needs no evidence", async () => {
    await start("expected:expected");
    const end = await agent.until("its end", () => deaths("expected")[0]);
    expect(end.expected).toBe(true);
    expect(evidenceFor(end)).toBe(undefined);
  });

  test("memory when it was last looked at", async () => {
    await agent.until("a look at it", () => agent.resources.some(({ names }) => names.includes("victim:victim")));
    const looks = agent.resources.length;
    await agent.until("another look", () => agent.resources.length > looks + 1);
    process.kill(await host.pidOf("victim"), "SIGTERM");
    const evidence = await evidenceOf("victim", 2);
    expect(evidence.signal).toBe("SIGTERM");
    expect(evidence.rssBytes).toBeGreaterThan(100_000);
  }, 60_000);

  test("of those that died while the agent was away it says what is sure, and nothing that is not", async () => {
    await agent.until("it to run", () => lastOf("flood")?.toState === "RUNNING");
    const before = deaths("flood").length;
    process.kill(await host.pidOf("multivisor:multivisor"), "SIGKILL");
    order("flood");
    await agent.until("the agent to be back", () => agent.epochs.size === 1 && deaths("flood").length > before);
    const evidence = await evidenceOf("flood", before + 1);
    expect([evidence.exitCode, evidence.signal]).toEqual([7, null]);
    // What the next run wrote is in the log by then.
    expect(evidence.stderrTail).toBe(null);
  }, 60_000);
});
