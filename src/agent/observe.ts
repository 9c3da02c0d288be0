import type { Logger } from "../lib/logger.ts";
import type { Resources } from "../protocol/agent.ts";
import type { Rpc } from "../supervisord/rpc-client.ts";
import { createEvidenceCollector, type EvidenceCollector } from "./evidence/collector.ts";
import { createMainLogFile } from "./evidence/main-log-file.ts";
import type { Knowledge } from "./knowledge.ts";
import type { StreamMessage } from "./message.ts";
import type { Recorder } from "./recorder.ts";
import { createSampler, sampleResources } from "./resources/sampler.ts";
import { isSameRun, type SupervisordRun } from "./supervisord-run.ts";

export type Observer = Pick<EvidenceCollector, "onTransition" | "onGap"> & {
  /** Looks at what processes use. Ends with the signal. */
  readonly run: (signal: AbortSignal) => Promise<void>;
};

export type ObserverDeps = {
  readonly supervisord: SupervisordRun;
  readonly rpc: Rpc | null;
  readonly knowledge: Knowledge;
  readonly recorder: Recorder;
  readonly publish: (message: StreamMessage) => void;
  /** the machine's clock, epoch ms */
  readonly machineNow: () => number;
  /** the journal's clock */
  readonly now: () => number;
  readonly log: Logger;
  readonly signal: AbortSignal;
};

/** What the agent sees for itself on its host: why processes die, and what they use. */
export function createObserver(deps: ObserverDeps): Observer {
  const { knowledge, recorder, machineNow } = deps;
  const sign = recorder.sign();
  const sampler = createSampler(knowledge.processes, machineNow);
  const isProcessLog = (path: string) =>
    knowledge.processes().some(({ stdoutLogfile, stderrLogfile }) => path === stdoutLogfile || path === stderrLogfile);
  const evidence = createEvidenceCollector({
    mainLog: createMainLogFile(deps.supervisord.pid, isProcessLog),
    rpc: deps.rpc,
    process: knowledge.process,
    processes: knowledge.processes,
    lastTransition: (name) => knowledge.lastTransitions().get(name),
    lastRssBytes: sampler.lastRssBytes,
    ownPid: process.pid,
    sinceMs: isSameRun(sign.supervisord, deps.supervisord) ? sign.aliveMs : null,
    isAlive: (pid) => process.getBuiltinModule("node:fs").existsSync(`/proc/${pid}`),
    onEvidence(detail) {
      for (const entry of recorder.record([{ ...detail, atMs: deps.now() }]) ?? []) knowledge.publishEntry(entry);
    },
    now: machineNow,
    log: deps.log,
    signal: deps.signal,
  });
  return {
    ...evidence,
    run(signal) {
      evidence.begin();
      const tell = (message: Resources) => deps.publish({ event: "resources", json: JSON.stringify(message) });
      return sampleResources(sampler, tell, signal);
    },
  };
}
