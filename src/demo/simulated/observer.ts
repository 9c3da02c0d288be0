import type { Observer, ObserverDeps } from "../../agent/observe.ts";
import type { Transition } from "../../domain/journal-entry.ts";
import { nameOf } from "../../domain/names.ts";
import { sleep } from "../../lib/sleep.ts";
import type { Resources } from "../../protocol/agent.ts";
import type { Random } from "../random.ts";
import type { SimulatedSupervisord } from "./supervisord.ts";

const SAMPLE_MS = 5_000;
const EVIDENCE_MS = 100;
const MIB = 1_048_576;

/** What an agent would see on a host that is none: the processes' use of it, and why they died. */
export const simulatedObserver =
  (supervisord: SimulatedSupervisord, random: Random) =>
  ({ knowledge, recorder, publish, now, machineNow, signal }: ObserverDeps): Observer => {
    const rssOf = (pid: number) => (4 + ((pid * 7_919) % 197)) * MIB;
    /** what changes only when processes come and go, as the end of the message */
    let standing: { readonly count: number; readonly json: string } | null = null;
    const lookAgain = () => {
      const running = knowledge.processes().filter(({ pid }) => pid !== null);
      const rest: Omit<Resources, "atMs" | "cpu"> = {
        names: running.map(nameOf),
        rssBytes: running.map(({ pid }) => rssOf(pid ?? 0)),
        processes: running.map(({ pid }) => 1 + ((pid ?? 0) % 3)),
        files: running.map(({ pid }) => 4 + ((pid ?? 0) % 29)),
      };
      return { count: running.length, json: JSON.stringify(rest).slice(1) };
    };
    const sample = (): string => {
      if (standing === null || standing.count === 0) standing = lookAgain();
      const cpu = Array.from({ length: standing.count }, () => Math.round(random() * random() * 60) / 10);
      return `{"atMs":${machineNow()},"cpu":[${cpu}],${standing.json}`;
    };
    const evidenceOf = (of: Transition) => {
      const { exitstatus = 0 } = supervisord.processes().get(nameOf(of))?.facts() ?? {};
      const info = knowledge.process(nameOf(of));
      return {
        exitCode: exitstatus > 0 ? exitstatus : null,
        signal: exitstatus === -1 ? "SIGKILL" : null,
        ranMs: info?.startMs == null ? null : Math.max(0, of.atMs - info.startMs),
        stderrTail: exitstatus > 0 ? `${of.name}: lost the connection to the controller\n` : null,
        stdoutTail: null,
        rssBytes: of.pid === null ? null : rssOf(of.pid),
      };
    };
    const tellWhy = async (of: Transition, evidence: ReturnType<typeof evidenceOf>): Promise<void> => {
      await sleep(EVIDENCE_MS, signal);
      if (signal.aborted) return;
      const { group, name, seq: ofSeq, atMs: ofMs } = of;
      const detail = { kind: "detail", atMs: now(), ofSeq, ofMs, group, name, spawnerr: "", evidence } as const;
      for (const entry of recorder.record([detail]) ?? []) knowledge.publishEntry(entry);
    };
    return {
      onGap() {},
      onTransition(of) {
        standing = null;
        if (of.toState === "EXITED" && of.expected === false) void tellWhy(of, evidenceOf(of));
      },
      async run() {
        await sleep(random() * SAMPLE_MS, signal); // not all hosts of a fleet at the same moment
        while (!signal.aborted) {
          publish({ event: "resources", json: sample() });
          await sleep(SAMPLE_MS, signal);
        }
      },
    };
  };
