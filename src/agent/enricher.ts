import { messageOf } from "../domain/errors.ts";
import { type Namespec, nameOf } from "../domain/names.ts";
import type { ProcessInfo } from "../domain/process.ts";
import type { Logger } from "../lib/logger.ts";
import { sleep } from "../lib/sleep.ts";
import { multicall } from "../supervisord/multicall.ts";
import { parseProcessInfo } from "../supervisord/process-info.ts";
import type { Rpc } from "../supervisord/rpc-client.ts";

const DELAY_MS = 50;
const MAX_CALLS = 100;
/** Rest after a question, as a multiple of the time that its answer took: supervisord has other things to do. */
const REST = 10;

export type Enricher = { readonly touch: (name: Namespec) => void };

/**
 * Asks what events do not say (times, exit status, spawnerr) of the processes that changed: a moment later, all at once,
 * one question at a time, and never so often that supervisord would feel it.
 */
export function createEnricher(deps: {
  readonly rpc: Rpc;
  readonly onInfo: (infos: readonly ProcessInfo[]) => void;
  readonly log: Logger;
  readonly signal: AbortSignal;
}): Enricher {
  const { rpc, onInfo, log, signal } = deps;
  const touched = new Set<Namespec>();
  let running = false;

  const askOnce = async (): Promise<void> => {
    const names = [...touched].slice(0, MAX_CALLS);
    for (const name of names) touched.delete(name);
    const calls = names.map((name) => ({ method: "supervisor.getProcessInfo", params: [name] }));
    const outcomes = await multicall(rpc, calls);
    // A process that is gone meanwhile answers BAD_NAME, a supervisord that stops SHUTDOWN_STATE: nothing to tell.
    // One that moved on while we asked will be asked again.
    const infos = outcomes.flatMap((outcome) => ("value" in outcome ? [parseProcessInfo(outcome.value)] : []));
    onInfo(infos.filter((info) => !touched.has(nameOf(info))));
  };

  const run = async (): Promise<void> => {
    for (let restMs = DELAY_MS; touched.size > 0 && !signal.aborted; ) {
      await sleep(restMs, signal);
      if (signal.aborted) return;
      const startedMs = performance.now();
      await askOnce().catch((error) => log.debug(`getProcessInfo: ${messageOf(error)}`));
      restMs = Math.max(DELAY_MS, (performance.now() - startedMs) * REST);
    }
  };

  return {
    touch(name) {
      touched.add(name);
      if (running) return;
      running = true;
      run().finally(() => {
        running = false;
      });
    },
  };
}
