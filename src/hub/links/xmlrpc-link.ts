import type { Call } from "../../domain/call.ts";
import { MultivisorError } from "../../domain/errors.ts";
import type { SupervisorName } from "../../domain/names.ts";
import { backoffMs } from "../../lib/backoff.ts";
import { canConnect } from "../../lib/can-connect.ts";
import type { Logger } from "../../lib/logger.ts";
import { sleep } from "../../lib/sleep.ts";
import type { Failure } from "../../protocol/agent.ts";
import { carryOut } from "../../supervisord/carry-out.ts";
import { multicall } from "../../supervisord/multicall.ts";
import { createRpc, type Rpc, type RpcOptions } from "../../supervisord/rpc-client.ts";
import type { LinkReport } from "../fleet.ts";
import type { HistoryWriter } from "../store/store.ts";
import { provenOffsetMs } from "./clock-offset.ts";
import { failureReport } from "./failure-report.ts";
import { aftermathOf } from "./followed-calls.ts";
import type { Link } from "./link.ts";
import { createLinkJournal } from "./link-journal.ts";
import { createLinkKnowledge, type LookedAt } from "./link-knowledge.ts";
import { createPollPace } from "./poll-pace.ts";
import { createXmlrpcLogs } from "./xmlrpc-logs.ts";
import { lookAtAll, lookAtSome } from "./xmlrpc-look.ts";
import { isOddAnswer, xmlrpcReason } from "./xmlrpc-reason.ts";

/** With the longest wait before it, a host that vanished is down within 15 s. */
const TIMEOUT_MS = 9_500;
const CONNECT_TIMEOUT_MS = 2_000;
const LONGEST_WAIT_MS = 2_000;
const SECOND_TRY_MS = 250;
/** More than so many are quicker asked for all at once. */
const MAX_SOME = 50;

export type XmlrpcLinkDeps = {
  readonly name: SupervisorName;
  /** its serverUrl is shown to people */
  readonly server: Pick<RpcOptions, "serverUrl" | "username" | "password" | "tlsOptions">;
  readonly report: LinkReport;
  readonly history: HistoryWriter;
  readonly log: Logger;
  readonly nowMs: () => number;
  /** an accepted call could not be finished */
  readonly onFailure: (failure: Failure) => void;
};

/** Straight to supervisord's own HTTP server: asks again and again, and tells what must have happened in between. */
export function createXmlrpcLink(deps: XmlrpcLinkDeps): Link {
  const { name, server, report, history, log, nowMs } = deps;
  const rpc = createRpc({ ...server, timeoutMs: TIMEOUT_MS, credentialsAt: "set username and password" });
  const place = placeOf(server.serverUrl);
  const pace = createPollPace();
  /** When to look is no matter of the wall clock: put back by an hour, it would let an hour pass. */
  const steadyMs = () => performance.now();
  const end = new AbortController();
  const knowledge = createLinkKnowledge({
    journal: createLinkJournal(name, history),
    report,
    lastKnownMs: () => history.lastKnownMs(name),
  });
  let live = false;
  let down = "not connected yet";
  let offsetMs = 0;
  let oddAnswers = 0;
  let waiting: PromiseWithResolvers<void>[] = [];
  let wake = new AbortController();

  const hostNowMs = () => nowMs() + offsetMs;
  const goLive = () => {
    if (live) return;
    live = true;
    log.info(`${name}: live`);
    report.link({ status: "live", sinceMs: nowMs() });
  };

  function onStopping(): void {
    knowledge.onLost("supervisord_not_running");
    knowledge.onSupervisorState("STOPPING", hostNowMs());
    goLive();
  }

  function onAll(seen: LookedAt, asked: { readonly atMs: number; readonly steadyMs: number }): void {
    const host = seen.processes[0]?.nowMs;
    if (host !== undefined) offsetMs = provenOffsetMs(host, asked.atMs, nowMs());
    report.clock(offsetMs);
    const changed = knowledge.onSnapshot(seen, hostNowMs());
    goLive();
    const busy = changed || seen.processes.some(({ state }) => state === "STARTING" || state === "STOPPING");
    pace.lookedAtAll(steadyMs(), steadyMs() - asked.steadyMs, busy);
  }

  async function all(): Promise<void> {
    const asking = waiting;
    waiting = [];
    const followed = pace.followed(steadyMs());
    const asked = { atMs: nowMs(), steadyMs: steadyMs() };
    try {
      const seen = await lookAtAll(rpc);
      if (end.signal.aborted) return;
      if (seen === "stopping") {
        onStopping();
        pace.lookedAtAll(steadyMs(), 0, true);
      } else {
        onAll(seen, asked);
        settle(followed);
      }
      for (const { resolve } of asking) resolve();
    } catch (error) {
      for (const { reject } of asking) reject(error);
      throw error;
    }
  }

  async function some(names: ReturnType<typeof pace.followed>): Promise<void> {
    if (names.length === 0) return;
    const seen = await lookAtSome(rpc, names);
    if (end.signal.aborted) return;
    if (seen === "stopping") return onStopping();
    if (knowledge.onProcesses(seen.processes, hostNowMs())) pace.hurry(steadyMs());
    settle(names);
    if (seen.gone.length > 0) pace.now();
  }

  const settle = (names: ReturnType<typeof pace.followed>) =>
    pace.settled(
      names.filter((one) => {
        const state = knowledge.process(one)?.state;
        return state !== "STARTING" && state !== "STOPPING";
      }),
    );

  function look(): Promise<void> {
    const names = pace.followed(steadyMs());
    const isAll = !live || waiting.length > 0 || pace.allDue(steadyMs()) || names.length > MAX_SOME;
    return isAll ? all() : some(names);
  }

  /** @returns how long to wait before the next look */
  function onFailed(error: unknown, failures: number): number {
    if (live && isOddAnswer(error) && oddAnswers++ === 0) {
      log.debug(`${name}: ${xmlrpcReason(error, server.serverUrl)}`);
      return SECOND_TRY_MS;
    }
    const reason = xmlrpcReason(error, server.serverUrl);
    const isNews = live || reason !== down;
    live = false;
    down = reason;
    knowledge.onLost("not_watched");
    if (isNews) {
      log.warn(`${name}: down: ${reason}`);
      report.link({ status: "down", sinceMs: nowMs(), reason });
    }
    return backoffMs(failures, { maxMs: LONGEST_WAIT_MS });
  }

  /** A connection that begins while the host is away would go on trying, ever more rarely, after its return. */
  async function lookIfThere(): Promise<void> {
    if (place !== null) await canConnect(place, CONNECT_TIMEOUT_MS);
    await look();
  }

  async function lookOnce(failures: number): Promise<{ failures: number; waitMs: number }> {
    try {
      await Promise.race([failures > 0 && !live ? lookIfThere() : look(), aborted]);
      oddAnswers = 0;
      return { failures: 0, waitMs: pace.waitMs(steadyMs()) };
    } catch (error) {
      return { failures: failures + 1, waitMs: end.signal.aborted ? 0 : onFailed(error, failures + 1) };
    }
  }

  const aborted = new Promise<void>((resolve) => end.signal.addEventListener("abort", () => resolve(), { once: true }));

  /** What was done is looked at as soon as it has been answered. */
  function afterwards(method: string, target: unknown): void {
    const aftermath = aftermathOf(method, target, knowledge.processes());
    if (aftermath.look === "nothing") return;
    if (aftermath.look === "all") pace.now();
    else pace.follow(aftermath.names, steadyMs());
    pace.hurry(steadyMs());
    wake.abort();
  }

  const act: Rpc = async (method, ...params) => {
    try {
      return await rpc(method, ...params);
    } finally {
      afterwards(method, params[0]);
    }
  };

  const requireLive = () => {
    if (!live) throw new MultivisorError("HOST_UNREACHABLE", `${name} is down: ${down}`);
  };
  const logs = createXmlrpcLogs(rpc, server, requireLive);

  return {
    logs: () => logs,
    async run(signal) {
      const stop = () => {
        end.abort();
        wake.abort();
      };
      signal.addEventListener("abort", stop, { once: true });
      if (signal.aborted) stop();
      report.agent(null, null);
      report.link({ status: "connecting", sinceMs: nowMs() });
      for (let failures = 0; !end.signal.aborted; ) {
        wake = new AbortController();
        const next = await lookOnce(failures);
        failures = next.failures;
        if (!end.signal.aborted) await sleep(next.waitMs, wake.signal);
      }
      knowledge.end();
      for (const { reject } of waiting) reject(new MultivisorError("HOST_UNREACHABLE", `${name}: the link has ended`));
    },
    async command(calls: readonly Call[]) {
      requireLive();
      const callAll = async (batch: Parameters<typeof multicall>[1]) => {
        const outcomes = await multicall(rpc, batch);
        for (const { method, params } of batch) afterwards(method, params[0]);
        return outcomes;
      };
      const carrying = { rpc: act, callAll, followed: knowledge, self: null, signal: end.signal };
      return carryOut(carrying, calls, failureReport(name, deps.onFailure, log));
    },
    async refresh(signal) {
      requireLive();
      const done = Promise.withResolvers<void>();
      waiting.push(done);
      wake.abort();
      const givenUp = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
      await Promise.race([done.promise, givenUp]);
    },
  };
}

/** @returns null for a unix socket */
function placeOf(serverUrl: string): { readonly hostname: string; readonly port: number } | null {
  if (serverUrl.startsWith("unix:")) return null;
  const { protocol, hostname, port } = new URL(serverUrl);
  return { hostname: hostname.replace(/^\[|\]$/g, ""), port: Number(port) || (protocol === "https:" ? 443 : 80) };
}
