import { MultivisorError } from "../../domain/errors.ts";
import type { JournalEntry } from "../../domain/journal-entry.ts";
import { namespec, type SupervisorName } from "../../domain/names.ts";
import { isRight, notPermitted, RIGHTS, type Right, runPermitted } from "../../domain/rights.ts";
import type { LinkSecurity } from "../../domain/supervisor.ts";
import { zoneName } from "../../domain/time-zone.ts";
import { backoffMs } from "../../lib/backoff.ts";
import { createBroadcast } from "../../lib/broadcast.ts";
import type { Logger } from "../../lib/logger.ts";
import { sleep } from "../../lib/sleep.ts";
import { until } from "../../lib/until.ts";
import {
  Alive,
  type Call,
  CommandResults,
  type Failure,
  HEARTBEAT_MS,
  type Hello,
  Refreshed,
  type Snapshot,
} from "../../protocol/agent.ts";
import { reasonOf } from "../../lib/network-reason.ts";
import type { LinkReport } from "../fleet.ts";
import type { HistoryWriter } from "../store/store.ts";
import { type AgentHttp, COMMAND_PATH } from "./agent-http.ts";
import { createAgentLogs } from "./agent-logs.ts";
import { type AgentMessage, agentSession } from "./agent-session.ts";
import type { Link } from "./link.ts";
import { createLinkStanding } from "./link-standing.ts";

const COMMAND_TIMEOUT_MS = 10_000;
/** With the time that an attempt takes, a host that is back is live within 5 s. */
const LONGEST_WAIT_MS = 2_000;
/** Behind a snapshot by no more than this, the transitions in between are shown one by one; else only the outcome. */
const MAX_REPLAY = 2_000;

export type AgentLinkDeps = {
  readonly name: SupervisorName;
  readonly http: AgentHttp;
  readonly report: LinkReport;
  readonly history: HistoryWriter;
  readonly log: Logger;
  readonly nowMs: () => number;
  /** an accepted call could not be finished */
  readonly onFailure: (failure: Failure) => void;
  /** between two of each side's */
  readonly heartbeatMs?: number;
};

/** What the fleet shows of this agent: all entries up to `seq` of `epoch` are in it. */
type Applied = { readonly epoch: string; seq: number };

export function createAgentLink(deps: AgentLinkDeps): Link {
  const { name, http, report, history, log, nowMs, heartbeatMs = HEARTBEAT_MS } = deps;
  const standing = createLinkStanding({ name, report, log, nowMs });
  let hello: Hello | null = null;
  let applied: Applied | null = null;
  let pending: Snapshot | null = null;
  /** the agent's clock less a clock of ours that is never put: what a command may still be done by */
  let agentAheadMs = 0;
  let commands = 0;
  let asking = false;
  let allows: readonly Right[] = RIGHTS;
  const shown = createBroadcast<Snapshot>();

  const goLive = () => {
    const isNews = standing.goLive();
    if (isNews && hello?.asksToken === false && !http.isLocal) log.warn(`${name}: ${OPEN}`);
  };

  function showSnapshot(snapshot: Snapshot, epoch: string): void {
    pending = null;
    applied = { epoch, seq: snapshot.seq };
    report.snapshot(snapshot.supervisor, snapshot.processes);
    goLive();
    shown.publish(snapshot);
  }

  /** After a short absence the entries that led to the snapshot come first, so that every state is seen. */
  function onSnapshot(snapshot: Snapshot, epoch: string): void {
    const behind = applied?.epoch === epoch ? snapshot.seq - applied.seq : Number.POSITIVE_INFINITY;
    if (behind > 0 && behind <= MAX_REPLAY) pending = snapshot;
    else if (behind >= 0) showSnapshot(snapshot, epoch);
  }

  function onEntry(entry: JournalEntry, epoch: string): void {
    history.append(name, epoch, [entry]);
    if (entry.kind === "detail") report.detail(entry);
    if (applied?.epoch !== epoch || entry.seq <= applied.seq) return;
    applied.seq = entry.seq;
    if (entry.kind === "supervisor") report.supervisord(entry.state);
    if (entry.kind === "transition" && !report.transition(entry) && pending === null) askAnew();
    if (pending !== null && entry.seq >= pending.seq) showSnapshot(pending, epoch);
  }

  function askAnew(): void {
    if (asking) return;
    asking = true;
    log.debug(`${name}: an event contradicts what was known, asking anew`);
    http
      .post("/v1/refresh", {}, Refreshed, COMMAND_TIMEOUT_MS)
      .catch((error) => log.warn(`${name}: cannot ask anew: ${reasonOf(error)}`))
      .finally(() => {
        asking = false;
      });
  }

  function onMessage(message: AgentMessage): void {
    if (message.event === "hello") {
      hello = message.data;
      const { group, name: own } = hello.agent;
      report.agent(hello.agentVersion, namespec(group, own), zoneName(hello.timeZone));
      allows = hello.allow?.filter(isRight) ?? RIGHTS;
      report.door(allows, securityOf(hello.asksToken ?? http.hasToken, http.isTls));
      noteClock(hello.nowMs, 0);
      return;
    }
    if (hello === null) return;
    if (message.event === "snapshot") onSnapshot(message.data, hello.epoch);
    else if (message.event === "entry") onEntry(message.data, hello.epoch);
    else if (message.event === "processes") report.refine(message.data.processes);
    else if (message.event === "resources") report.resources(message.data);
    else deps.onFailure(message.data);
  }

  /** @param roundTripMs half of it is taken as the age of the agent's answer */
  function noteClock(agentNowMs: number, roundTripMs: number): void {
    agentAheadMs = agentNowMs + roundTripMs / 2 - performance.now();
    report.clock(Math.round(agentNowMs + roundTripMs / 2 - nowMs()));
  }

  async function beat(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(heartbeatMs, signal);
      if (signal.aborted || hello === null) continue;
      const sentMs = performance.now();
      await http.post("/v1/alive", { stream: hello.stream }, Alive, heartbeatMs).then(
        (answer) => noteClock(answer.nowMs, performance.now() - sentMs),
        (error) => log.debug(`${name}: heartbeat: ${reasonOf(error)}`),
      );
    }
  }

  async function session(signal: AbortSignal): Promise<void> {
    const ended = new AbortController();
    const both = AbortSignal.any([signal, ended.signal]);
    try {
      const beating = beat(both);
      await agentSession(http, history.cursor(name), onMessage, both, heartbeatMs);
      ended.abort();
      await beating;
    } finally {
      ended.abort();
    }
  }

  function onDown(error: unknown): void {
    hello = null;
    pending = null;
    standing.goDown(error === null ? "the agent closed the connection" : reasonOf(error));
  }

  const logs = createAgentLogs(http, () => {
    standing.requireLive();
    if (!allows.includes("logs"))
      throw new MultivisorError("FORBIDDEN", `Cannot read logs of ${name}: ${notPermitted("logs")}`);
  });

  async function send(calls: readonly Call[]) {
    const id = `${hello?.stream ?? name}.${++commands}`;
    const notAfterMs = performance.now() + agentAheadMs + COMMAND_TIMEOUT_MS;
    const command = { id, notAfterMs, calls };
    const { results } = await http.post(COMMAND_PATH, command, CommandResults, COMMAND_TIMEOUT_MS);
    if (results.length === calls.length) return results;
    throw new MultivisorError("BAD_WIRE", `${name} answered ${results.length} of ${calls.length} calls`);
  }

  return {
    logs: () => logs,
    async run(signal) {
      report.link({ status: "connecting", sinceMs: nowMs() });
      for (let failures = 0; !signal.aborted; ) {
        const error = await session(signal).then(
          () => null,
          (thrown: unknown) => thrown ?? new Error("connection lost"),
        );
        if (signal.aborted) return;
        failures = standing.isLive() ? 1 : failures + 1;
        onDown(error);
        await sleep(backoffMs(failures, { maxMs: LONGEST_WAIT_MS }), signal);
      }
    },
    async command(calls: readonly Call[]) {
      standing.requireLive();
      return runPermitted(allows, calls, send);
    },
    async refresh(signal) {
      standing.requireLive();
      let newest = -1;
      const unsubscribe = shown.subscribe(({ seq }) => {
        newest = Math.max(newest, seq);
      });
      try {
        const { seq } = await http.post("/v1/refresh", {}, Refreshed, COMMAND_TIMEOUT_MS);
        await until(shown.subscribe, () => newest >= seq, signal);
      } finally {
        unsubscribe();
      }
    },
  };
}

const OPEN = "its agent asks for no token: everyone who reaches it may do what we may (--token-file)";

const securityOf = (token: boolean, tls: boolean): LinkSecurity =>
  token ? (tls ? "token+tls" : "token") : tls ? "tls" : "none";
