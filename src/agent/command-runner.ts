import { MultivisorError } from "../domain/errors.ts";
import type { Logger } from "../lib/logger.ts";
import type { CallResult, Command } from "../protocol/agent.ts";
import { callFailure } from "../supervisord/call-failure.ts";
import { carryOut } from "../supervisord/carry-out.ts";
import type { ReportFailure } from "../supervisord/carry-out-deps.ts";
import { multicall, type RpcCall } from "../supervisord/multicall.ts";
import type { Rpc } from "../supervisord/rpc-client.ts";
import type { Knowledge } from "./knowledge.ts";
import type { StreamMessage } from "./message.ts";

export type CommandRunner = { readonly run: (command: Command) => Promise<CallResult[]> };

export type CommandDeps = {
  readonly rpc: Rpc;
  readonly self: { readonly group: string; readonly name: string };
  readonly now: () => number;
  readonly knowledge: Knowledge;
  readonly publish: (message: StreamMessage) => void;
  readonly restartSelf: () => void;
  readonly log: Logger;
  readonly signal: AbortSignal;
};

/** Commands whose answers are kept for a hub that asks again. */
const MAX_REMEMBERED = 1_000;

export function createCommandRunner(deps: CommandDeps): CommandRunner {
  const answers = new Map<string, Promise<CallResult[]>>();
  return {
    run(command) {
      const known = answers.get(command.id);
      if (known !== undefined) return known;
      const answer = runOnce(deps, command);
      answers.set(command.id, answer);
      const oldest = answers.keys().next().value;
      if (answers.size > MAX_REMEMBERED && oldest !== undefined) answers.delete(oldest);
      return answer;
    },
  };
}

async function runOnce(deps: CommandDeps, command: Command): Promise<CallResult[]> {
  const lateMs = deps.now() - command.notAfterMs;
  if (lateMs > 0) {
    const error = new MultivisorError(
      "EXPIRED",
      `Cannot do this any more: the command came ${Math.ceil(lateMs)} ms too late`,
    );
    return command.calls.map(() => callFailure(error));
  }
  const { rpc, knowledge, signal, self, restartSelf } = deps;
  const carrying = {
    ...{ rpc, signal, callAll: (calls: readonly RpcCall[]) => multicall(rpc, calls) },
    ...{ followed: knowledge, self: { ...self, restart: restartSelf } },
  };
  return carryOut(carrying, command.calls, reportFailure(deps, command.id));
}

/** Tells the hub that something which had been accepted went wrong later. */
function reportFailure({ publish, log }: CommandDeps, command: string): ReportFailure {
  return (namespec, error) => {
    const { code, message } = callFailure(error);
    log.warn(message);
    publish({ event: "failure", json: JSON.stringify({ command, namespec, code, message }) });
  };
}
