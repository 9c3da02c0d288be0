import { namespec } from "../../domain/names.ts";
import type { FleetProcess } from "../../domain/process.ts";
import type { HubEvidence, HubResources } from "../../protocol/hub.ts";
import type { Stats } from "../stats/stats.ts";
import { apiResources } from "../stats/stats-answer.ts";
import type { Store } from "../store/store.ts";
import { apiEvidence } from "./api-evidence.ts";

export type ProcessMore = (process: FleetProcess) => {
  /** of its last death; `at` is when that was announced */
  readonly evidence: (HubEvidence & { readonly at: number }) | null;
  /** null: it does not run, or its host does not tell */
  readonly resources: HubResources | null;
};

/** What /api/process/info says beside the state. */
export const processMore =
  (store: Pick<Store, "lastEvidence">, stats: Pick<Stats, "latest">): ProcessMore =>
  (process) => {
    const name = namespec(process.group, process.name);
    const kept = store.lastEvidence(process.supervisor, name);
    const used = process.pid === null ? null : stats.latest(process.supervisor, name, process.nowMs);
    return { evidence: kept && { at: kept.atMs, ...apiEvidence(kept.evidence) }, resources: apiResources(used) };
  };
