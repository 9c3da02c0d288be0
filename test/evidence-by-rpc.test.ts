import { afterAll, expect, test } from "bun:test";
import { chmodSync, writeFileSync } from "node:fs";
import { followAgent } from "./support/agent-stream.ts";
import { multivisor } from "./support/executable.ts";
import { startSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const NOBODY = "65534";
const asNobody = (...words: string[]) => [
  ...["/usr/bin/setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", ...words],
];
/** Wants root, and a program where others may reach it. */
const isPossible = Bun.spawnSync(asNobody("/usr/bin/test", "-x", multivisor()[0] ?? ""), { stderr: "ignore" }).success;

test.skipIf(!isPossible)(
  "an agent that may read none of supervisord's files asks supervisord why a process died",
  async () => {
    writeFileSync(place.path("dies.sh"), 'echo "last words ✓" >&2; exit 3');
    const host = await startSupervisord(place, {
      name: "host",
      recorder: false,
      programs: `
[program:dies]
command=/bin/bash ${place.path("dies.sh")}
autostart=false
autorestart=false
startsecs=0
stderr_logfile=${place.path("host", "private.log")}
`,
      multivisorCommand: (...args) => asNobody(...multivisor(...args)),
    });
    chmodSync(place.dir, 0o755);
    chmodSync(place.path("host", "s.sock"), 0o777);
    writeFileSync(place.path("host", "private.log"), "", { mode: 0o600 });
    const agent = followAgent(place, host.agentPort);
    await waitFor("the agent to know its processes", () => agent.snapshots.length > 0);
    await agent.call({ method: "startProcess", namespec: "dies:dies" });
    const detail = await agent.until("evidence", () =>
      agent.entries.find((e) => e.kind === "detail" && e.evidence != null),
    );
    expect(detail).toMatchObject({
      evidence: { exitCode: 3, signal: null, stderrTail: "last words ✓\n" },
    });
  },
  40_000,
);
