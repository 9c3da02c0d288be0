import { existsSync, readFileSync, rmSync } from "node:fs";
import { createRpc } from "../../src/supervisord/rpc-client.ts";
import { type SupervisordOptions, startSupervisord, type TestSupervisord } from "../../test/support/supervisord.ts";
import type { TestPlace } from "../../test/support/test-place.ts";
import { waitFor } from "../../test/support/wait-for.ts";
import { childrenOf } from "./process-tree.ts";
import { programsOf } from "./programs.ts";

export type FaultHost = TestSupervisord & {
  /** process ids of the runs of one worker, in order */
  readonly starts: (worker: string) => readonly number[];
  readonly agentPid: () => Promise<number>;
  readonly killAgent: () => Promise<void>;
  /** supervisord and what would outlive it; its agents and the recorder have to notice by themselves */
  readonly kill9: () => Promise<void>;
};

export const AGENT = "multivisor:multivisor";

type Options = Omit<SupervisordOptions, "programs"> & {
  /** sections beside the programs */
  readonly sections?: string;
};

export async function startFaultHost(place: TestPlace, { sections = "", ...options }: Options): Promise<FaultHost> {
  const programs = programsOf(place, options.name);
  const host = await startSupervisord(place, { ...options, programs: `${sections}\n${programs.text}` });
  // Of its own, in the place of one whose calls wait 10 s for a supervisord that is not there.
  const socket = place.path(options.name, "s.sock");
  const rpc = createRpc({ serverUrl: `unix://${socket}`, timeoutMs: 3_000 });
  const agentPid = () => host.pidOf(AGENT);
  return {
    ...host,
    rpc,
    starts(worker) {
      const file = programs.starts(worker);
      return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean).map(Number) : [];
    },
    agentPid,
    async killAgent() {
      const pid = await waitFor("the agent to run", agentPid);
      process.kill(pid, "SIGKILL");
      await waitFor("another agent", async () => ![0, pid].includes(await agentPid()), 20_000);
    },
    async kill9() {
      const children = childrenOf(host.pid());
      process.kill(host.pid(), "SIGKILL");
      await waitFor("supervisord to be gone", host.hasExited);
      // Before it takes an old socket away it sleeps, which under a false clock takes for ever.
      rmSync(socket, { force: true });
      for (const child of children) if (!isListener(child)) killIfThere(child);
      const left = () => children.filter((pid) => existsSync(`/proc/${pid}`));
      await waitFor(
        () => `orphans to end: ${left().map(commandOf).join("; ")}`,
        () => left().length === 0,
        20_000,
      );
    },
  };
}

const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
};
const isListener = (pid: number): boolean => /recorder\.py|multivisor agent/.test(commandOf(pid));

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // it ended by itself
  }
}
