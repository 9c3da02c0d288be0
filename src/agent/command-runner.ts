import { MultivisorError } from "../domain/errors.ts";
import type { Logger } from "../lib/logger.ts";
import type { Call, CallResult, Command } from "../protocol/agent.ts";
import type { Rpc } from "../supervisord/rpc-client.ts";
import { failed } from "./call-failure.ts";
import type { Knowledge } from "./knowledge.ts";
import type { StreamMessage } from "./message.ts";
import { callProcesses, isProcessCall } from "./process-calls.ts";
import { restartProcess } from "./restart-process.ts";
import { reread, updateGroups } from "./update-groups.ts";

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

/** Tells the hub that something which had been accepted went wrong later. */
export type ReportFailure = (namespec: string, error: unknown) => void;

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
    return command.calls.map(() => failed(error));
  }
  const report = reportFailure(deps, command.id);
  const results: CallResult[] = [];
  for (let i = 0; i < command.calls.length; ) {
    const run = runOfProcessCalls(command.calls, i);
    if (run.length > 0) results.push(...(await callProcesses(deps.rpc, run)));
    else results.push(await doCall(deps, command.calls[i], report));
    i += Math.max(1, run.length);
  }
  return results;
}

/** Calls in a row that may go to supervisord in one request. */
function runOfProcessCalls(calls: readonly Call[], from: number) {
  const end = calls.findIndex((call, i) => i >= from && !isProcessCall(call));
  return calls.slice(from, end < 0 ? undefined : end).filter(isProcessCall);
}

async function doCall(deps: CommandDeps, call: Call | undefined, report: ReportFailure): Promise<CallResult> {
  try {
    if (call !== undefined) return await doOther(deps, call, report);
    return { ok: true };
  } catch (error) {
    return failed(error);
  }
}

async function doOther(deps: CommandDeps, call: Call, report: ReportFailure): Promise<CallResult> {
  switch (call.method) {
    case "startProcess":
    case "stopProcess":
    case "signalProcess": // came with others of their kind
      throw new Error(`${call.method} out of place`);
    case "restartProcess":
      return restartProcess(deps, call.namespec, report);
    case "reread":
      return { ok: true, reread: await reread(deps.rpc) };
    case "update":
      return { ok: true, reread: await updateGroups(deps, call.groups, report) };
    case "restart":
    case "shutdown":
      await deps.rpc(`supervisor.${call.method}`);
      return { ok: true };
  }
}

function reportFailure({ publish, log }: CommandDeps, command: string): ReportFailure {
  return (namespec, error) => {
    const { code, message } = failed(error);
    log.warn(message);
    publish({ event: "failure", json: JSON.stringify({ command, namespec, code, message }) });
  };
}
