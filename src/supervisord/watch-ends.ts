import { MultivisorError } from "../domain/errors.ts";
import { type Namespec, nameOf } from "../domain/names.ts";
import type { ProcessInfo } from "../domain/process.ts";
import { isStarted, type ProcessStateName } from "../domain/states.ts";
import type { Broadcast } from "../lib/broadcast.ts";

type Named = { readonly group: string; readonly name: string };

/** The processes of one supervisord as somebody follows them: by its events, or by asking. */
export type Followed = {
  readonly processes: () => readonly ProcessInfo[];
  /** every state that a process enters, in order */
  readonly transitions: Pick<Broadcast<Entered>, "subscribe">;
};

/** @see Transition */
type Entered = Named & { readonly toState: ProcessStateName; readonly sampled: boolean };

const isAtRest = (state: ProcessStateName) => !isStarted(state) && state !== "STOPPING";

/**
 * One that was told to stop ends in STOPPED, whatever its exit code; an EXITED that still arrives is of the run before
 * and says nothing. Only where the events are not known, any state of rest will do, if it is in one by now.
 */
function hasEnded({ toState, sampled, group, name }: Entered, processes: Followed["processes"]): boolean {
  if (toState === "STOPPED" || toState === "UNKNOWN") return true;
  const now = () => processes().find((process) => process.group === group && process.name === name)?.state;
  return sampled && isAtRest(toState) && isAtRest(now() ?? toState);
}
const MAX_WAIT_MS = 10 * 60_000;

export type Watch = {
  /** Resolves when each of them has ended since the watch began; rejects after ten minutes. */
  readonly untilEnded: (names: readonly Namespec[]) => Promise<void>;
  readonly end: () => void;
};

/**
 * Follows how processes end. To be made before they are told to stop: the event may come before the answer to the call.
 */
export function watchEnds({ transitions, processes }: Followed, signal: AbortSignal): Watch {
  const ended = new Set<Namespec>();
  let check = () => {};
  const unsubscribe = transitions.subscribe((t) => {
    if (!hasEnded(t, processes)) return;
    ended.add(nameOf(t));
    check();
  });
  return {
    end: unsubscribe,
    untilEnded(names) {
      const waiting = Promise.withResolvers<void>();
      check = () => names.every((name) => ended.has(name)) && waiting.resolve();
      const timer = setTimeout(
        () => waiting.reject(stillRunning(names.filter((name) => !ended.has(name)))),
        MAX_WAIT_MS,
      );
      const stop = () =>
        waiting.reject(new MultivisorError("TIMEOUT", "Cannot wait for the end any longer: we stop ourselves"));
      signal.addEventListener("abort", stop, { once: true });
      check();
      return waiting.promise.finally(() => {
        clearTimeout(timer);
        signal.removeEventListener("abort", stop);
      });
    },
  };
}

const stillRunning = (names: readonly Namespec[]) =>
  new MultivisorError("TIMEOUT", `Cannot wait for ${names.join(", ")} any longer: still not stopped after ten minutes`);
