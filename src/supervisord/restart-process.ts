import type { CallResult } from "../domain/call.ts";
import { MultivisorError } from "../domain/errors.ts";
import { type Namespec, nameOf, namespec } from "../domain/names.ts";
import type { CarryOutDeps, ReportFailure } from "./carry-out-deps.ts";
import { faultError, STATUS_SUCCESS } from "./faults.ts";
import { parseStatuses, resultOf } from "./process-statuses.ts";
import { type Followed, watchEnds } from "./watch-ends.ts";

/**
 * Stop, then start: answers when the stop is accepted, the start comes when the process is seen to have ended.
 * @param target `group:name` or `group:*`
 */
export async function restartProcess(deps: CarryOutDeps, target: string, report: ReportFailure): Promise<CallResult> {
  const { self, signal } = deps;
  if (self !== null && (target === nameOf(self) || (!isSingle(target) && groupOf(target) === self.group))) {
    self.restart();
    return { ok: true };
  }
  const watch = watchEnds(deps.followed, signal);
  try {
    const { names, result } = await stop(deps, target);
    void watch
      .untilEnded(names)
      .then(() => start(deps, target, report))
      .catch((error) => signal.aborted || report(target, error))
      .finally(watch.end);
    return result;
  } catch (error) {
    watch.end();
    throw error;
  }
}

type Stopped = {
  /** those whose end is to be waited for */
  readonly names: readonly Namespec[];
  readonly result: CallResult;
};

async function stop({ rpc, followed }: CarryOutDeps, target: string): Promise<Stopped> {
  try {
    const answer = await rpc("supervisor.stopProcess", target, false);
    const statuses = parseStatuses(answer);
    if (statuses === null) return { names: [target as Namespec], result: { ok: true } };
    const accepted = statuses.filter(({ status }) => status === STATUS_SUCCESS).map(nameOf);
    const names = [...new Set([...accepted, ...stoppingOf(followed, target)])];
    return { names, result: resultOf(`stop ${target}`, { value: answer }) };
  } catch (error) {
    if (!(error instanceof MultivisorError) || error.code !== "NOT_RUNNING") throw error;
    return { names: stoppingOf(followed, target), result: { ok: true } };
  }
}

/** Those that were being stopped already: supervisord calls them "not running", but they cannot be started yet. */
function stoppingOf(followed: Followed, target: string): Namespec[] {
  const group = groupOf(target);
  return followed
    .processes()
    .filter((p) => p.state === "STOPPING" && (nameOf(p) === target || (!isSingle(target) && p.group === group)))
    .map(nameOf);
}

const groupOf = (target: string) => target.split(":")[0] ?? "";
const isSingle = (target: string) => !target.endsWith(":*") && !target.endsWith(":");

async function start({ rpc }: CarryOutDeps, target: string, report: ReportFailure): Promise<void> {
  const tell: ReportFailure = (spec, error) => isStartedAgain(error) || report(spec, error);
  const answer = await rpc("supervisor.startProcess", target, false).catch((error) => tell(target, error));
  for (const { group, name, status, description } of parseStatuses(answer) ?? []) {
    const spec = namespec(group, name);
    if (status !== STATUS_SUCCESS)
      tell(spec, faultError(`start ${spec}`, { faultCode: status, faultString: description }));
  }
}

/** By supervisord, which does so by itself a moment after a process has ended: it has a new run. */
const isStartedAgain = (error: unknown): boolean =>
  error instanceof MultivisorError && error.code === "ALREADY_STARTED";
