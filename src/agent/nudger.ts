import type { Transition } from "../domain/journal-entry.ts";
import { type Namespec, nameOf } from "../domain/names.ts";
import { sleep as realSleep } from "../lib/sleep.ts";
import type { Rpc } from "../supervisord/rpc-client.ts";

/** After that supervisord has woken by itself: its loop waits for a second at most. */
const DELAYS_MS = [2, 4, 8, 16, 32, 64, 128, 256, 512];
/** Rest after a question, as a multiple of the time that its answer took. */
const REST = 4;

export type Nudger = { readonly onTransition: (transition: Omit<Transition, "seq">) => void };

/**
 * supervisord's loop sends events and only then collects ended processes, so that STOPPED waits for whatever wakes it next,
 * up to a second (supervisor/supervisord.py, runforever). While a process is STOPPING a small question, soon and then
 * ever more rarely, wakes it.
 */
export function createNudger(deps: {
  readonly rpc: Rpc;
  readonly signal: AbortSignal;
  readonly sleep?: typeof realSleep;
}): Nudger {
  const { rpc, signal, sleep = realSleep } = deps;
  const stopping = new Set<Namespec>();
  let asking: AbortController | null = null;

  const ask = async (ended: AbortSignal): Promise<void> => {
    let restMs = 0;
    for (const delayMs of DELAYS_MS) {
      await sleep(Math.max(delayMs, restMs), ended);
      if (ended.aborted) return;
      const startedMs = performance.now();
      await rpc("supervisor.getAPIVersion").catch(() => {}); // whatever it says, it is awake
      restMs = (performance.now() - startedMs) * REST;
    }
  };

  return {
    onTransition(transition) {
      const begins = transition.toState === "STOPPING";
      if (begins) stopping.add(nameOf(transition));
      else stopping.delete(nameOf(transition));
      if (begins || stopping.size === 0) asking?.abort();
      if (!begins) return;
      asking = new AbortController();
      void ask(AbortSignal.any([signal, asking.signal]));
    },
  };
}
