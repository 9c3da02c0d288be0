import { type Namespec, nameOf, namespec } from "../../domain/names.ts";
import type { ProcessInfo } from "../../domain/process.ts";
import type { SupervisorFacts } from "../../domain/supervisor.ts";
import { sleep } from "../../lib/sleep.ts";
import type { ZerorpcClient } from "../../lib/zerorpc-client.ts";
import type { Rpc } from "../../supervisord/rpc-client.ts";
import type { LinkKnowledge } from "./link-knowledge.ts";
import { type OldEvent, parseOldEvent } from "./zerorpc-event.ts";
import { askAll, askFacts } from "./zerorpc-look.ts";
import { createPlacing } from "./zerorpc-placing.ts";

/** Even if no event says so: a group that went away is not announced by every agent. */
const LOOK_EVERY_MS = 60_000;
/** A difference that no event has explained by then is taken as it is. */
const SECOND_LOOK_MS = 1_500;

export type SessionDeps = {
  readonly client: ZerorpcClient;
  readonly rpc: Rpc;
  readonly knowledge: LinkKnowledge;
  /** our clock, and the host's as far as it is known */
  readonly nowMs: () => number;
  readonly hostNowMs: () => number;
  readonly onClock: (hostMs: number, askedMs: number) => void;
  /** the agent's own process */
  readonly onSelf: (self: Namespec) => void;
  /** something that cannot be read; it is passed over */
  readonly onUnreadable: (error: unknown) => void;
};

export type Session = {
  /** Greets, looks, and follows the events. @throws why it cannot */
  readonly begin: () => Promise<void>;
  /** Resolves when the event stream has ended; rejects with the reason. */
  readonly ended: () => Promise<void>;
  /** Looks at all anew, sooner than it would by itself. */
  readonly lookAgain: () => Promise<void>;
  /** Looks from time to time. */
  readonly keepLooking: (signal: AbortSignal) => Promise<void>;
};

/** One connection to an old agent: a snapshot, then events, and both brought together. */
export function createSession(deps: SessionDeps): Session {
  const { client, rpc, knowledge, nowMs, hostNowMs } = deps;
  const placing = createPlacing();
  /** that came before the first snapshot */
  let held: OldEvent[] | null = [];
  let doubts = new Map<Namespec, string>();
  let wake = new AbortController();
  let self: string | null = null;
  let looking: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let facts: SupervisorFacts | null = null;
  const greeted = Promise.withResolvers<void>();

  const take = (item: unknown) => {
    greeted.resolve();
    try {
      const event = parseOldEvent(item, hostNowMs());
      if (event === null) return;
      if (held === null) onEvent(event);
      else held.push(event);
    } catch (error) {
      deps.onUnreadable(error);
    }
  };
  const stream = client.stream("event_stream", [], take);

  function onEvent({ entry, details, listener }: OldEvent): void {
    knowledge.onAlive(hostNowMs());
    if (listener !== null && listener !== self) {
      self = listener;
      deps.onSelf(namespec(listener, listener));
    }
    switch (entry.kind) {
      case "transition":
        doubts.delete(nameOf(entry));
        if (!placing.isOld(entry, details) && !knowledge.onTransition(entry, details)) lookSoon();
        return;
      case "supervisor":
        knowledge.onSupervisorState(entry.state, entry.atMs);
        if (entry.state === "RUNNING") lookSoon();
        return;
      case "group":
        knowledge.onGroup(entry.group, entry.change, entry.atMs);
        lookSoon();
    }
  }

  /** @throws MultivisorError */
  async function look(): Promise<void> {
    const askedMs = nowMs();
    facts ??= await askFacts(rpc);
    const seen = await askAll(rpc, facts);
    const host = seen.processes[0]?.nowMs;
    if (host !== undefined) deps.onClock(host, askedMs);
    if (knowledge.isAway()) {
      knowledge.onSnapshot(seen, hostNowMs());
      placing.onSnapshot(seen.processes);
    } else {
      const isOldNews = (info: ProcessInfo) => doubts.get(nameOf(info)) === signOf(info);
      const doubted = knowledge.onAside(seen, hostNowMs(), isOldNews).filter((info) => !isOldNews(info));
      doubts = new Map(doubted.map((info) => [nameOf(info), signOf(info)]));
      if (doubts.size > 0) wake.abort();
    }
    const waiting = held ?? [];
    held = null;
    for (const event of waiting) onEvent(event);
  }

  function lookAgain(): Promise<void> {
    if (looking === null) {
      looking = look().finally(() => {
        looking = null;
      });
      return looking;
    }
    next ??= looking
      .catch(() => {})
      .then(() => {
        next = null;
        return lookAgain();
      });
    return next;
  }
  const lookSoon = () => void lookAgain().catch(deps.onUnreadable);

  return {
    async begin() {
      await Promise.race([greeted.promise, stream.ended]);
      await lookAgain();
    },
    ended: () => stream.ended,
    lookAgain,
    async keepLooking(signal) {
      signal.addEventListener("abort", () => wake.abort(), { once: true });
      while (!signal.aborted) {
        wake = new AbortController();
        await sleep(doubts.size > 0 ? SECOND_LOOK_MS : LOOK_EVERY_MS, wake.signal);
        if (signal.aborted) return;
        if (!wake.signal.aborted) await lookAgain().catch(deps.onUnreadable);
      }
    },
  };
}

const signOf = (info: ProcessInfo) => `${info.state} ${info.pid}`;
