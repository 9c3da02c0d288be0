import { MultivisorError } from "../domain/errors.ts";
import { type Broadcast, createBroadcast } from "../lib/broadcast.ts";
import type { Logger } from "../lib/logger.ts";
import type { CallResult, Command, Hello, Snapshot } from "../protocol/agent.ts";
import { PROTOCOL_VERSION } from "../protocol/agent-constants.ts";
import type { RawEvent } from "../supervisord/event-reader.ts";
import type { Rpc } from "../supervisord/rpc-client.ts";
import { createCommandRunner } from "./command-runner.ts";
import { createEnricher } from "./enricher.ts";
import { createEventIntake } from "./event-intake.ts";
import { expireJournal } from "./expire-journal.ts";
import type { Journal, Line } from "./journal.ts";
import { createKnowledge } from "./knowledge.ts";
import type { StreamMessage } from "./message.ts";
import { createNudger } from "./nudger.ts";
import { createObserver, type Observer, type ObserverDeps } from "./observe.ts";
import { createRecorder } from "./recorder.ts";
import { createResync } from "./resync.ts";
import { steadyClock } from "./steady-clock.ts";
import type { SupervisordRun } from "./supervisord-run.ts";
import { createSynchroniser } from "./synchroniser.ts";
import { tellOddAnswers } from "./tell-odd-answers.ts";
import { timeZone } from "./time-zone.ts";

export type AgentDeps = {
  readonly journal: Journal;
  /** one XML-RPC request to the supervisord of this agent; null where it has no RPC server */
  readonly rpc: Rpc | null;
  /** the agent's own place in supervisord */
  readonly self: { readonly group: string; readonly name: string };
  /** tells whether it is the one of the last run */
  readonly supervisord: SupervisordRun;
  readonly version: string;
  /** epoch milliseconds */
  readonly now: () => number;
  readonly log: Logger;
  /** The agent was asked to restart itself. */
  readonly restartSelf: () => void;
  readonly keepMs?: number;
  readonly maxJournalBytes?: number;
  /** default: this machine's own processes and files are looked at */
  readonly observe?: (deps: ObserverDeps) => Observer;
};

export type Agent = {
  /**
   * Writes the event down. When it returns, supervisord may be answered; what it returns does the rest (tell the
   * streams, ask for more) and is to be called before the next event.
   */
  readonly handleEvent: (event: RawEvent) => () => void;
  readonly hello: (stream: string) => Hello;
  /** From memory; null before supervisord was heard. */
  readonly snapshot: () => Snapshot | null;
  readonly epoch: string;
  readonly newestSeq: () => number;
  readonly read: (afterSeq: number, limit: number) => Line[];
  readonly messages: Pick<Broadcast<StreamMessage>, "subscribe">;
  /** @returns the sequence of a snapshot that was asked for after this call */
  readonly refresh: () => Promise<number>;
  readonly command: (command: Command) => Promise<CallResult[]>;
  /** Snapshots now and then, expiry of the journal. Ends with the signal. */
  readonly run: (signal: AbortSignal) => Promise<void>;
  /** Writes that the agent was told to stop. */
  readonly noteStop: () => void;
};

/** Everything of an agent but its two doors, the event listener protocol and HTTP. Keeps no state outside itself. */
export function createAgent(deps: AgentDeps): Agent {
  const { journal, log, self } = deps;
  const rpc = deps.rpc && tellOddAnswers(deps.rpc, log);
  const now = steadyClock(deps.now, journal.lastSign().aliveMs ?? 0);
  const ended = new AbortController();
  const messages = createBroadcast<StreamMessage>();
  const recorder = createRecorder({ journal, now, log });
  const knowledge = createKnowledge({ journal, recorder, now, publish: messages.publish });
  const enricher = rpc && createEnricher({ rpc, onInfo: knowledge.onInfo, log, signal: ended.signal });
  const nudger = rpc && createNudger({ rpc, signal: ended.signal });
  const synchroniser =
    rpc &&
    createSynchroniser({
      rpc,
      lastTransitions: knowledge.lastTransitions,
      hasSnapshot: () => knowledge.snapshot() !== null,
      eventCount: () => intake.count(),
      onSnapshot: knowledge.onSnapshot,
      log,
    });
  const resync = createResync(synchroniser?.request ?? noRpc, knowledge.onShutdown, log, ended.signal);
  const observer = (deps.observe ?? createObserver)({
    ...{ supervisord: deps.supervisord, rpc, knowledge, recorder, publish: messages.publish },
    ...{ machineNow: deps.now, now, log, signal: ended.signal },
  });
  const intake = createEventIntake({
    recorder,
    supervisord: deps.supervisord,
    now,
    log,
    knowledge,
    onMark: (mark) => synchroniser?.onMark(mark),
    onGap: observer.onGap,
    onTransition(transition, written) {
      synchroniser?.onTransition(transition);
      nudger?.onTransition(transition);
      if (transition.toState !== "STOPPING") enricher?.touch(`${transition.group}:${transition.name}`);
      if (written !== null) observer.onTransition(written);
    },
    resync: () => rpc && resync.soon(),
  });
  const commands = createCommandRunner({
    rpc: rpc ?? noRpc,
    self,
    now: deps.now,
    knowledge,
    publish: messages.publish,
    restartSelf: deps.restartSelf,
    log,
    signal: ended.signal,
  });

  const zone = timeZone();
  return {
    handleEvent: intake.handle,
    hello: (stream) => ({
      protocol: PROTOCOL_VERSION,
      agentVersion: deps.version,
      epoch: journal.epoch,
      stream,
      oldestSeq: journal.oldestSeq(),
      newestSeq: journal.newestSeq(),
      nowMs: deps.now(),
      agent: self,
      ...(zone === null ? {} : { timeZone: zone }),
    }),
    snapshot: knowledge.snapshot,
    epoch: journal.epoch,
    newestSeq: journal.newestSeq,
    read: journal.read,
    messages,
    async refresh() {
      await (synchroniser?.request ?? noRpc)();
      return journal.newestSeq();
    },
    command: commands.run,
    async run(signal) {
      signal.addEventListener("abort", () => ended.abort(), { once: true });
      if (rpc === null)
        log.error("Cannot ask supervisord: it has no [unix_http_server] or [inet_http_server]; events are kept");
      else resync.soon();
      await Promise.all([
        rpc && resync.everyNowAndThen(),
        expireJournal(deps, ended.signal),
        observer.run(ended.signal),
      ]);
    },
    noteStop() {
      recorder.record([], { ...recorder.sign(), cleanStop: true });
    },
  };
}

const noRpc = (): Promise<never> =>
  Promise.reject(
    new MultivisorError(
      "HOST_UNREACHABLE",
      "Cannot ask supervisord: it has no [unix_http_server] or [inet_http_server]",
    ),
  );
