import type { Call } from "../../domain/call.ts";
import { MultivisorError } from "../../domain/errors.ts";
import type { SupervisorName } from "../../domain/names.ts";
import { aborted } from "../../lib/aborted.ts";
import { backoffMs } from "../../lib/backoff.ts";
import { canConnect } from "../../lib/can-connect.ts";
import type { Logger } from "../../lib/logger.ts";
import type { Failure } from "../../protocol/agent.ts";
import { createRpc, type RpcOptions } from "../../supervisord/rpc-client.ts";
import type { LinkReport } from "../fleet.ts";
import type { HistoryWriter } from "../store/store.ts";
import { failureReport } from "./failure-report.ts";
import { createHostClock } from "./host-clock.ts";
import type { Link } from "./link.ts";
import { createLinkJournal } from "./link-journal.ts";
import { createLinkKnowledge } from "./link-knowledge.ts";
import { createLinkStanding, type LinkStanding } from "./link-standing.ts";
import { placeOf } from "./place-of.ts";
import { createPollLoop } from "./poll-loop.ts";
import { createPollPace } from "./poll-pace.ts";
import { createXmlrpcCommands } from "./xmlrpc-commands.ts";
import { createXmlrpcLogs } from "./xmlrpc-logs.ts";
import { isOddAnswer, xmlrpcReason } from "./xmlrpc-reason.ts";
import { createXmlrpcWatch } from "./xmlrpc-watch.ts";

/** With the longest wait before it, a host that vanished is down within 15 s. */
const TIMEOUT_MS = 9_500;
const CONNECT_TIMEOUT_MS = 2_000;
const LONGEST_WAIT_MS = 2_000;
const SECOND_TRY_MS = 250;

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
  const end = new AbortController();
  const knowledge = createLinkKnowledge({
    journal: createLinkJournal(name, history),
    report,
    lastKnownMs: () => history.lastKnownMs(name),
  });
  const standing = createLinkStanding({ name, report, log, nowMs });
  const common = { rpc, pace: createPollPace(), steadyMs: () => performance.now(), signal: end.signal };
  const watch = createXmlrpcWatch({ ...common, knowledge, standing, clock: createHostClock(report, nowMs), nowMs });
  const polling = createPollLoop({
    look: lookIfThere(server.serverUrl, standing, watch.look),
    waitMs: () => common.pace.waitMs(common.steadyMs()),
    onFailed: onFailed(deps, standing, () => knowledge.onLost("not_watched")),
  });
  const carryOut = createXmlrpcCommands({ ...common, followed: knowledge, wake: polling.wake });
  const logs = createXmlrpcLogs(rpc, server, standing.requireLive);

  return {
    logs: () => logs,
    async run(signal) {
      signal.addEventListener("abort", () => end.abort(), { once: true });
      if (signal.aborted) end.abort();
      report.agent(null, null);
      report.link({ status: "connecting", sinceMs: nowMs() });
      await polling.run(end.signal);
      knowledge.end();
      watch.end(new MultivisorError("HOST_UNREACHABLE", `${name}: the link has ended`));
    },
    async command(calls: readonly Call[]) {
      standing.requireLive();
      return carryOut(calls, failureReport(name, deps.onFailure, log));
    },
    async refresh(signal) {
      standing.requireLive();
      const seen = watch.askForAll();
      polling.wake();
      await Promise.race([seen, aborted(signal)]);
    },
  };
}

/** A connection that begins while the host is away would go on trying, ever more rarely, after its return. */
function lookIfThere(serverUrl: string, standing: LinkStanding, look: () => Promise<void>) {
  const place = placeOf(serverUrl);
  return async (failures: number): Promise<void> => {
    if (failures > 0 && !standing.isLive() && place !== null) await canConnect(place, CONNECT_TIMEOUT_MS);
    await look();
  };
}

/** A single answer that nobody understands is asked for again soon; the second is told, as everything else is. */
function onFailed({ name, server, log }: XmlrpcLinkDeps, standing: LinkStanding, onLost: () => void) {
  return (error: unknown, failures: number): number => {
    const reason = xmlrpcReason(error, server.serverUrl);
    if (standing.isLive() && isOddAnswer(error) && failures === 1) {
      log.debug(`${name}: ${reason}`);
      return SECOND_TRY_MS;
    }
    onLost();
    standing.goDown(reason);
    return backoffMs(failures, { maxMs: LONGEST_WAIT_MS });
  };
}
