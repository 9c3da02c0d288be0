import type { Transition } from "../domain/journal-entry.ts";
import type { Namespec } from "../domain/names.ts";
import type { Logger } from "../lib/logger.ts";
import { sleep } from "../lib/sleep.ts";
import type { Rpc } from "../supervisord/rpc-client.ts";
import { querySnapshot, type SnapshotAnswer } from "./snapshot-query.ts";

type Seen = Omit<Transition, "seq">;

/**
 * A snapshot and its place among the events. `exact`: the answer is the state after the last transition of each process
 * in `last` and before those of `after`. Not exact: the transitions of `after` came while the question was under way and
 * may or may not be in the answer.
 */
export type PlacedSnapshot = {
  readonly exact: boolean;
  readonly answer: SnapshotAnswer;
  readonly last: ReadonlyMap<Namespec, Transition>;
  readonly after: readonly Seen[];
};

export type Synchroniser = {
  /** The next question that begins from now on; those who ask while one waits share it. */
  readonly request: () => Promise<void>;
  readonly onTransition: (transition: Seen) => void;
  /** Our own event has come: what follows is not in the answer. */
  readonly onMark: (mark: string) => void;
};

const MARK_WAIT_MS = 3_000;
const MAX_WAITS = 20;

type Question = { readonly mark: string; last: ReadonlyMap<Namespec, Transition>; after: Seen[]; marked: () => void };

export function createSynchroniser(deps: {
  readonly rpc: Rpc;
  readonly lastTransitions: () => ReadonlyMap<Namespec, Transition>;
  /** of this run: while it stands still, supervisord is not sending yet */
  readonly eventCount: () => number;
  /** there is something to show already */
  readonly hasSnapshot: () => boolean;
  readonly onSnapshot: (snapshot: PlacedSnapshot) => void;
  readonly log: Logger;
}): Synchroniser {
  const { rpc, lastTransitions, eventCount, hasSnapshot, onSnapshot, log } = deps;
  let asking: Question | null = null;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let warned = false;

  const ask = async (): Promise<void> => {
    const marked = Promise.withResolvers<void>();
    const question: Question = { mark: crypto.randomUUID(), last: new Map(), after: [], marked: marked.resolve };
    asking = question;
    try {
      const answer = await querySnapshot(rpc, question.mark);
      const inexact = () => onSnapshot({ exact: false, answer, last: lastTransitions(), after: question.after });
      // Better a picture at once that may be a moment off than none until supervisord sends us events.
      if (!hasSnapshot()) inexact();
      if (await cameInTime(marked.promise, eventCount)) {
        onSnapshot({ exact: true, answer, last: question.last, after: question.after });
      } else {
        inexact();
        if (!warned)
          log.warn("Add REMOTE_COMMUNICATION to events= of this event listener: without it snapshots are not exact");
        warned = true;
      }
    } finally {
      asking = null;
    }
  };

  const start = (): Promise<void> => {
    next = null;
    running = ask().finally(() => {
      running = null;
    });
    return running;
  };

  return {
    request() {
      if (running === null) return start();
      next ??= running.then(start, start);
      return next;
    },
    onTransition(transition) {
      asking?.after.push(transition);
    },
    onMark(mark) {
      if (asking === null || asking.mark !== mark) return;
      asking.last = new Map(lastTransitions());
      asking.after = [];
      asking.marked();
    },
  };
}

/** supervisord sends events only after the agent's startsecs, which may be long: then it goes on waiting. */
async function cameInTime(marked: Promise<void>, eventCount: () => number): Promise<boolean> {
  const countBefore = eventCount();
  for (let waits = 0; waits < MAX_WAITS; waits++) {
    const timer = new AbortController();
    const came = await Promise.race([marked.then(() => true), sleep(MARK_WAIT_MS, timer.signal).then(() => false)]);
    timer.abort();
    if (came) return true;
    if (eventCount() > countBefore) return false;
  }
  return false;
}
