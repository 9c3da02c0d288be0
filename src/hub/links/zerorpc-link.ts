import type { Call } from "../../domain/call.ts";
import { MultivisorError } from "../../domain/errors.ts";
import type { SupervisorName } from "../../domain/names.ts";
import { aborted } from "../../lib/aborted.ts";
import { backoffMs } from "../../lib/backoff.ts";
import type { Logger } from "../../lib/logger.ts";
import { sleep } from "../../lib/sleep.ts";
import { openZerorpc, type ZerorpcClient } from "../../lib/zerorpc-client.ts";
import { ZerorpcLostRemote } from "../../lib/zerorpc-errors.ts";
import { type Failure, SILENCE_MS } from "../../protocol/agent.ts";
import { carryOut } from "../../supervisord/carry-out.ts";
import type { Rpc } from "../../supervisord/rpc-client.ts";
import { reasonOf } from "../../lib/network-reason.ts";
import type { LinkReport } from "../fleet.ts";
import type { HistoryWriter } from "../store/store.ts";
import { failureReport } from "./failure-report.ts";
import { aftermathOf } from "./followed-calls.ts";
import { createHostClock } from "./host-clock.ts";
import type { Link } from "./link.ts";
import { createLinkJournal } from "./link-journal.ts";
import { createLinkKnowledge } from "./link-knowledge.ts";
import { createLinkStanding } from "./link-standing.ts";
import { createZerorpcLogs } from "./zerorpc-logs.ts";
import { callAllBy, createZerorpcRpc } from "./zerorpc-rpc.ts";
import { createSession, type Session } from "./zerorpc-session.ts";

const CALL_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 3_000;
const LONGEST_WAIT_MS = 2_000;

export type ZerorpcLinkDeps = {
  readonly name: SupervisorName;
  readonly address: { readonly hostname: string; readonly port: number };
  readonly report: LinkReport;
  readonly history: HistoryWriter;
  readonly log: Logger;
  readonly nowMs: () => number;
  /** an accepted call could not be finished */
  readonly onFailure: (failure: Failure) => void;
};

/** To an agent of Multivisor 6, of either kind. */
export function createZerorpcLink(deps: ZerorpcLinkDeps): Link {
  const { name, address, report, history, log, nowMs } = deps;
  const knowledge = createLinkKnowledge({
    journal: createLinkJournal(name, history),
    report,
    lastKnownMs: () => history.lastKnownMs(name),
  });
  const end = new AbortController();
  let current: { readonly client: ZerorpcClient; readonly session: Session } | null = null;
  const standing = createLinkStanding({ name, report, log, nowMs });
  const clock = createHostClock(report, nowMs);

  const requireLive = () => {
    if (!standing.isLive() || current === null) throw standing.unreachable();
    return current;
  };
  const rpc = createZerorpcRpc(() => requireLive().client, CALL_TIMEOUT_MS);

  /** Not every agent tells of groups that came or went. */
  const act: Rpc = async (method, ...params) => {
    const answer = await rpc(method, ...params);
    if (aftermathOf(method, params[0], []).look === "all") void current?.session.lookAgain().catch(onUnreadable);
    return answer;
  };
  const onUnreadable = (error: unknown) => log.debug(`${name}: ${reasonOf(error)}`);

  const createOwnSession = (client: ZerorpcClient) =>
    createSession({
      client,
      rpc: createZerorpcRpc(() => client, CALL_TIMEOUT_MS),
      knowledge,
      nowMs,
      hostNowMs: clock.nowMs,
      onClock: clock.told,
      onSelf(self) {
        report.agent(null, self);
        knowledge.show();
      },
      onUnreadable,
    });

  /** One connection, until it ends. @throws why it ended */
  async function connectOnce(): Promise<never> {
    const client = await openZerorpc({ ...address, connectTimeoutMs: CONNECT_TIMEOUT_MS });
    const looking = new AbortController();
    const stop = () => client.close();
    end.signal.addEventListener("abort", stop, { once: true });
    if (end.signal.aborted) stop();
    try {
      const session = createOwnSession(client);
      await begun(session);
      current = { client, session };
      standing.goLive();
      void session.keepLooking(looking.signal);
      await session.ended();
      throw new Error("the agent ended its event stream");
    } finally {
      end.signal.removeEventListener("abort", stop);
      looking.abort();
      current = null;
      client.close();
    }
  }

  async function begun(session: Session): Promise<void> {
    const timer = new AbortController();
    const late = sleep(SILENCE_MS, timer.signal).then(() => {
      throw new MultivisorError("TIMEOUT", `no answer within ${SILENCE_MS / 1_000} s`);
    });
    late.catch(() => {}); // also when it came in time
    await Promise.race([session.begin(), late]).finally(() => timer.abort());
  }

  function onDown(error: unknown): void {
    const silentMs = error instanceof ZerorpcLostRemote ? SILENCE_MS : 0;
    if (standing.isLive()) knowledge.onAlive(clock.nowMs() - silentMs);
    knowledge.onLost("not_watched");
    standing.goDown(reasonOf(error));
  }

  const logs = createZerorpcLogs(rpc);

  return {
    logs: () => logs,
    async run(signal) {
      signal.addEventListener("abort", () => end.abort(), { once: true });
      if (signal.aborted) end.abort();
      const ended = aborted(end.signal);
      report.agent(null, null);
      report.link({ status: "connecting", sinceMs: nowMs() });
      for (let failures = 0; !end.signal.aborted; ) {
        const error = await Promise.race([connectOnce().catch((thrown: unknown) => thrown), ended]);
        if (end.signal.aborted) break;
        failures = standing.isLive() ? 1 : failures + 1;
        onDown(error);
        await sleep(backoffMs(failures, { maxMs: LONGEST_WAIT_MS }), end.signal);
      }
      if (standing.isLive()) knowledge.onAlive(clock.nowMs());
      knowledge.end();
    },
    async command(calls: readonly Call[]) {
      requireLive();
      const carrying = { rpc: act, callAll: callAllBy(act), followed: knowledge, self: null, signal: end.signal };
      return carryOut(carrying, calls, failureReport(name, deps.onFailure, log));
    },
    async refresh(signal) {
      const { session } = requireLive();
      await Promise.race([session.lookAgain(), aborted(signal)]);
    },
  };
}
