import type { Namespec } from "../../domain/names.ts";
import type { Rpc } from "../../supervisord/rpc-client.ts";
import type { HostClock } from "./host-clock.ts";
import type { LinkKnowledge, LookedAt } from "./link-knowledge.ts";
import type { LinkStanding } from "./link-standing.ts";
import type { PollPace } from "./poll-pace.ts";
import { lookAtAll, lookAtSome } from "./xmlrpc-look.ts";

/** More than so many are quicker asked for all at once. */
const MAX_SOME = 50;

export type XmlrpcWatch = {
  /** One look: at all where that is due or asked for, else at those that were told to do something. @throws why it cannot be had */
  readonly look: () => Promise<void>;
  /** Resolves when a look at all that begins after this has been told; rejects as that look does, or with `end`'s error. */
  readonly askForAll: () => Promise<void>;
  readonly end: (error: Error) => void;
};

/** Looks at a supervisord, and tells what is new to the knowledge of it. */
export function createXmlrpcWatch(deps: {
  readonly rpc: Rpc;
  readonly knowledge: LinkKnowledge;
  readonly standing: LinkStanding;
  readonly clock: HostClock;
  readonly pace: PollPace;
  readonly nowMs: () => number;
  /** of a clock that is never put: put back by an hour, it would let an hour pass */
  readonly steadyMs: () => number;
  /** what is seen after that is told to nobody */
  readonly signal: AbortSignal;
}): XmlrpcWatch {
  const { rpc, knowledge, standing, clock, pace, nowMs, steadyMs, signal } = deps;
  let waiting: PromiseWithResolvers<void>[] = [];
  /** those for whom the look under way was begun */
  let asking: PromiseWithResolvers<void>[] = [];

  function onStopping(): void {
    knowledge.onLost("supervisord_not_running");
    knowledge.onSupervisorState("STOPPING", clock.nowMs());
    standing.goLive();
  }

  function onAll(seen: LookedAt, asked: { readonly atMs: number; readonly steadyMs: number }): void {
    clock.told(seen.processes[0]?.nowMs ?? null, asked.atMs);
    const changed = knowledge.onSnapshot(seen, clock.nowMs());
    standing.goLive();
    const busy = changed || seen.processes.some(({ state }) => state === "STARTING" || state === "STOPPING");
    pace.lookedAtAll(steadyMs(), steadyMs() - asked.steadyMs, busy);
  }

  async function all(): Promise<void> {
    const followed = pace.followed(steadyMs());
    const asked = { atMs: nowMs(), steadyMs: steadyMs() };
    const seen = await lookAtAll(rpc);
    if (signal.aborted) return;
    if (seen === "stopping") {
      onStopping();
      pace.lookedAtAll(steadyMs(), 0, true);
    } else {
      onAll(seen, asked);
      settle(followed);
    }
  }

  async function allForThoseWhoAsked(): Promise<void> {
    asking = waiting;
    waiting = [];
    try {
      await all();
      if (!signal.aborted) for (const { resolve } of asking) resolve();
    } catch (error) {
      for (const { reject } of asking) reject(error);
      throw error;
    }
  }

  async function some(names: readonly Namespec[]): Promise<void> {
    if (names.length === 0) return;
    const seen = await lookAtSome(rpc, names);
    if (signal.aborted) return;
    if (seen === "stopping") return onStopping();
    if (knowledge.onProcesses(seen.processes, clock.nowMs())) pace.hurry(steadyMs());
    settle(names);
    if (seen.gone.length > 0) pace.now();
  }

  const isOnItsWay = (name: Namespec): boolean => {
    const state = knowledge.process(name)?.state;
    return state === "STARTING" || state === "STOPPING";
  };
  const settle = (names: readonly Namespec[]) => pace.settled(names.filter((name) => !isOnItsWay(name)));

  return {
    look() {
      const names = pace.followed(steadyMs());
      const isAll = !standing.isLive() || waiting.length > 0 || pace.allDue(steadyMs()) || names.length > MAX_SOME;
      return isAll ? allForThoseWhoAsked() : some(names);
    },
    askForAll() {
      const done = Promise.withResolvers<void>();
      waiting.push(done);
      return done.promise;
    },
    end(error) {
      for (const { reject } of [...asking, ...waiting]) reject(error);
    },
  };
}
