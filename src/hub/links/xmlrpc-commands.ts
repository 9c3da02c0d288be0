import type { Call, CallResult } from "../../domain/call.ts";
import { carryOut } from "../../supervisord/carry-out.ts";
import type { ReportFailure } from "../../supervisord/carry-out-deps.ts";
import { multicall } from "../../supervisord/multicall.ts";
import type { CallAll } from "../../supervisord/process-calls.ts";
import type { Rpc } from "../../supervisord/rpc-client.ts";
import type { Followed } from "../../supervisord/watch-ends.ts";
import { aftermathOf } from "./followed-calls.ts";
import type { PollPace } from "./poll-pace.ts";

/** Commands to a supervisord that tells nobody what becomes of them: what was done is looked at as soon as it has been answered. */
export function createXmlrpcCommands(deps: {
  readonly rpc: Rpc;
  readonly followed: Followed;
  readonly pace: PollPace;
  readonly steadyMs: () => number;
  /** the next look shall come now */
  readonly wake: () => void;
  readonly signal: AbortSignal;
}): (calls: readonly Call[], report: ReportFailure) => Promise<CallResult[]> {
  const { rpc, followed, pace, steadyMs, wake, signal } = deps;

  function afterwards(method: string, target: unknown): void {
    const aftermath = aftermathOf(method, target, followed.processes());
    if (aftermath.look === "nothing") return;
    if (aftermath.look === "all") pace.now();
    else pace.follow(aftermath.names, steadyMs());
    pace.hurry(steadyMs());
    wake();
  }

  const act: Rpc = async (method, ...params) => {
    try {
      return await rpc(method, ...params);
    } finally {
      afterwards(method, params[0]);
    }
  };

  const callAll: CallAll = async (batch) => {
    const outcomes = await multicall(rpc, batch);
    for (const { method, params } of batch) afterwards(method, params[0]);
    return outcomes;
  };

  return (calls, report) => carryOut({ rpc: act, callAll, followed, self: null, signal }, calls, report);
}
