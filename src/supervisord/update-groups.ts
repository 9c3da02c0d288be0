import type { RereadResult } from "../domain/call.ts";
import { MultivisorError } from "../domain/errors.ts";
import { type Namespec, nameOf } from "../domain/names.ts";
import type { CarryOutDeps, ReportFailure } from "./carry-out-deps.ts";
import { STATUS_SUCCESS } from "./faults.ts";
import { parseStatuses } from "./process-statuses.ts";
import type { Rpc } from "./rpc-client.ts";
import { watchEnds } from "./watch-ends.ts";

/** reloadConfig: supervisord reads its files anew and applies nothing. It wraps the three lists in one more. */
export async function reread(rpc: Rpc): Promise<RereadResult> {
  const answer = await rpc("supervisor.reloadConfig");
  const lists: unknown = Array.isArray(answer) ? answer[0] : null;
  if (!Array.isArray(lists) || lists.length !== 3)
    throw new MultivisorError("BAD_WIRE", "Cannot read the answer to reloadConfig: three lists expected");
  const [added, changed, removed] = lists.map((list: unknown) => (Array.isArray(list) ? list.map(String) : []));
  return { added: added ?? [], changed: changed ?? [], removed: removed ?? [] };
}

/**
 * What supervisorctl's `update` does. Answers when the new configuration is read and the names are known; groups are then
 * stopped, removed and added each at its own pace, and what goes wrong is reported.
 * @param groups [] or "all" means all
 * @returns the changes that are applied
 */
export async function updateGroups(
  deps: CarryOutDeps,
  groups: readonly string[],
  report: ReportFailure,
): Promise<RereadResult> {
  const changes = await reread(deps.rpc);
  const wanted = groups.includes("all") ? [] : groups;
  const known = new Set([
    ...deps.followed.processes().map((p) => p.group),
    ...changes.added,
    ...changes.removed,
    ...changes.changed,
  ]);
  const unknown = wanted.filter((group) => !known.has(group));
  if (unknown.length > 0) throw new MultivisorError("BAD_NAME", `Cannot update ${unknown.join(", ")}: no such group`);
  const of = (list: readonly string[]) => list.filter((group) => wanted.length === 0 || wanted.includes(group));
  const applied = { added: of(changes.added), changed: of(changes.changed), removed: of(changes.removed) };
  const inBackground = (group: string, work: () => Promise<unknown>) =>
    void work().catch((error) => deps.signal.aborted || report(`${group}:*`, error));
  for (const group of applied.removed) inBackground(group, () => removeGroup(deps, group));
  for (const group of applied.changed)
    inBackground(group, () => removeGroup(deps, group).then(() => deps.rpc("supervisor.addProcessGroup", group)));
  for (const group of applied.added) inBackground(group, () => deps.rpc("supervisor.addProcessGroup", group));
  return applied;
}

async function removeGroup(deps: CarryOutDeps, group: string): Promise<void> {
  if (group === deps.self?.group)
    throw new MultivisorError(
      "AGENT_PROTECTED",
      `Cannot update ${group}: it is the agent itself, which would not live to add itself again; use supervisorctl update ${group}`,
    );
  const watch = watchEnds(deps.followed, deps.signal);
  try {
    const statuses = parseStatuses(await deps.rpc("supervisor.stopProcessGroup", group, false)) ?? [];
    const stopped: Namespec[] = statuses.filter(({ status }) => status === STATUS_SUCCESS).map(nameOf);
    const stopping = deps.followed.processes().filter((p) => p.group === group && p.state === "STOPPING");
    await watch.untilEnded([...stopped, ...stopping.map(nameOf)]);
    await deps.rpc("supervisor.removeProcessGroup", group);
  } finally {
    watch.end();
  }
}
