import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { rmSync, writeFileSync } from "node:fs";
import { type AgentStream, followAgent } from "./support/agent-stream.ts";
import { INSIDE, whyNoProcessNamespace } from "./support/process-namespace.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const why = whyNoProcessNamespace();
const CODE = place.path("code");
const PROGRAMS = `
[program:app]
command=sleep 1000
startsecs=0
stopsignal=KILL
[program:broken]
command=/bin/sh -c 'exit $(cat ${CODE})'
startsecs=5
startretries=0
autostart=false
`;

describe.skipIf(why !== null)(`a container that is started again${why === null ? "" : ` (${why})`}`, () => {
  let container: TestSupervisord;
  let agent: AgentStream;
  const statesOf = (name: string) => agent.transitions().flatMap((t) => (t.name === name ? [t.toState] : []));
  const exitCodes = () => agent.entries.flatMap((e) => (e.kind === "detail" ? (e.evidence?.exitCode ?? []) : []));

  beforeAll(async () => {
    container = await startSupervisord(place, { name: "container", programs: PROGRAMS, prefix: INSIDE, ownPid: 1 });
    agent = followAgent(place, container.agentPort);
    await agent.until("app to run", () => statesOf("app").at(-1) === "RUNNING");
  });
  /** It fails, and why is told twice: of the attempt, and of giving up. */
  const failWith = async (code: number) => {
    const before = exitCodes().length;
    writeFileSync(CODE, String(code));
    await agent.call({ method: "startProcess", namespec: "broken:broken" });
    await agent.until("the reason", () => exitCodes().length === before + 2);
  };

  const end = async () => {
    await container.rpc("supervisor.shutdown");
    await waitFor("the container to end", container.hasExited);
  };

  test("is heard, although all in it have the process ids and serials that others had before", async () => {
    await failWith(3);
    const before = statesOf("app").length;
    await end();
    await container.start();
    await agent.until("app to be started and to run", () => statesOf("app").length >= before + 4);
    expect(statesOf("app").slice(before)).toEqual(["STOPPING", "STOPPED", "STARTING", "RUNNING"]);
    expect(agent.entries.filter(({ kind }) => kind === "gap")).toMatchObject([
      { reason: "supervisord_not_running", lost: 0 },
    ]);
  });

  test("and has lost its journal, but not its log: an end that this tells of is not that of an earlier process", async () => {
    await end();
    for (const suffix of ["", "-wal", "-shm"])
      rmSync(place.path("container", `journal.sqlite${suffix}`), { force: true });
    await container.start();
    await agent.until("the agent of the new journal", () => agent.epochs.size === 2);
    await failWith(4);
    expect(exitCodes()).toEqual([3, 3, 4, 4]);
  });
});
