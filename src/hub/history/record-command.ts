import type { RereadResult } from "../../domain/call.ts";
import { namespec, parseUid, type SupervisorName } from "../../domain/names.ts";
import type { FleetProcess } from "../../domain/process.ts";
import { isHarmless, type ProcessResult, type SupervisorResult } from "../actions/action-result.ts";
import type { Requester } from "../actions/requester.ts";
import type { FleetView } from "../fleet-view.ts";
import type { Actor, CommandOutcome, CommandTarget, RecordCommand } from "./command-record.ts";
import type { ActionMethod } from "./sent-actions.ts";

export type Asked = {
  readonly by: Requester | undefined;
  readonly method: ActionMethod;
  /** the signal, or the groups; "" where there is none */
  readonly detail: string;
  /** as given */
  readonly patterns: readonly string[];
};

export type Recording = { readonly record: RecordCommand; readonly fleet: FleetView; readonly nowMs: () => number };

const actorOf = (by: Requester | undefined): Actor => ({
  user: by?.account.name ?? null,
  address: by?.address ?? "",
});

/** The host's clock, where it is known how that differs from ours. */
const hostNow = ({ fleet, nowMs }: Recording, supervisor: SupervisorName): number =>
  nowMs() + (fleet.supervisors().get(supervisor)?.clockOffsetMs ?? 0);

/** Writes down what is asked of processes. @returns to be called with what became of it */
export function recordProcesses(
  recording: Recording,
  asked: Asked,
  processes: readonly FleetProcess[],
): (results: readonly ProcessResult[]) => void {
  const groups = Map.groupBy(processes, ({ supervisor }) => supervisor);
  const targets = [...groups].map(
    ([supervisor, members]): CommandTarget => ({
      supervisor,
      atMs: hostNow(recording, supervisor),
      processes: members.map(({ group, name }) => namespec(group, name)),
    }),
  );
  const done = begin(recording, asked, targets);
  return (results) => done(results.flatMap((result) => processOutcome(result) ?? []));
}

/** The same of supervisords. */
export function recordSupervisors(
  recording: Recording,
  asked: Asked,
  names: readonly SupervisorName[],
): (results: readonly SupervisorResult[]) => void {
  const known = names.filter((name) => recording.fleet.supervisors().has(name));
  const targets = known.map((supervisor) => ({
    supervisor,
    atMs: hostNow(recording, supervisor),
    processes: null,
  }));
  const done = begin(recording, asked, targets);
  return (results) => {
    const byName = Map.groupBy(results, ({ supervisor }) => supervisor);
    done([...byName].map(([supervisor, theirs]) => supervisorOutcome(supervisor, asked.method, theirs)));
  };
}

/** Also what nothing came of, because nothing was found or all of it was refused. */
function begin({ record }: Recording, asked: Asked, targets: readonly CommandTarget[]) {
  const { by, method, detail, patterns } = asked;
  return record({ actor: actorOf(by), method, detail, patterns, targets });
}

function processOutcome(result: ProcessResult): CommandOutcome | null {
  const parts = parseUid(result.uid);
  if (parts === null) return null;
  return {
    supervisor: parts.supervisor,
    process: namespec(parts.group, parts.name),
    ok: isHarmless(result),
    text: result.ok ? null : result.message,
  };
}

/** What went wrong, or which groups an update or a reread found changed. */
function supervisorOutcome(
  supervisor: SupervisorName,
  method: ActionMethod,
  results: readonly SupervisorResult[],
): CommandOutcome {
  const failures = results.flatMap((result) => (result.ok ? [] : [result.message]));
  const changes = failures.length > 0 ? undefined : changesOf(method, results);
  const words = failures.length > 0 ? failures : changedGroups(changes);
  const text = words.length > 0 ? words.join("; ") : null;
  return { supervisor, process: null, ok: failures.length === 0, text, changes };
}

/** undefined: it is not about groups */
function changesOf(method: ActionMethod, results: readonly SupervisorResult[]): RereadResult | undefined {
  const groups = results.flatMap(({ group }) => group ?? []);
  if (method === "add_group") return { added: groups, changed: [], removed: [] };
  if (method === "remove_group") return { added: [], changed: [], removed: groups };
  return results.map((result) => (result.ok ? result.reread : undefined)).find((reread) => reread !== undefined);
}

function changedGroups(changes: RereadResult | undefined): string[] {
  if (changes === undefined) return [];
  const { added, changed, removed } = changes;
  const words = [
    ["added", added],
    ["changed", changed],
    ["removed", removed],
  ] as const;
  return words.flatMap(([word, groups]) => (groups.length > 0 ? [`${word} ${groups.join(", ")}`] : []));
}
