import { fleetGroups, type ProcessGroup } from "../../views/fleet-groups.ts";
import { updateAttention, updateCounts } from "../../views/frame-update.tsx";
import { updateCard, updateCardHead, updateCards, updateRow } from "../../views/groups-update.tsx";
import type { FleetView } from "../fleet-view.ts";
import { type GroupsDirt, groupsDirt } from "./groups-dirt.ts";
import type { PageView } from "./page-stream.ts";

/** The groups page as its readers see it, all of it or by pieces. */
export function groupsView(fleet: FleetView, basePath: string, now: () => number): PageView {
  const dirt = groupsDirt(fleet);
  let unsubscribe = () => {};
  const around = () => {
    const supervisors = fleet.supervisors();
    return [updateAttention(supervisors, now(), basePath, "groups"), updateCounts(supervisors, basePath, "groups")];
  };
  return {
    open(onChange) {
      dirt.reset();
      unsubscribe = fleet.subscribe((change) => {
        if (dirt.note(change)) onChange();
      });
    },
    close: () => unsubscribe(),
    key: () => fleet.version(),
    full: () => [updateCards(fleet.supervisors(), now(), basePath), ...around()].join(""),
    update() {
      const taken = dirt.take();
      const body = taken.cards
        ? [updateCards(fleet.supervisors(), now(), basePath)]
        : pieces(fleet, taken, now(), basePath);
      return [...body, ...around()].join("");
    },
  };
}

function pieces(fleet: FleetView, { rows, groups }: GroupsDirt, nowMs: number, basePath: string): string[] {
  const touched = touchedGroups(fleet, rows, groups);
  const inCards = [...touched.values()]
    .filter(({ name }) => groups.has(name))
    .map((group) => updateCard(group, nowMs, basePath));
  const heads = [...touched.values()].filter(({ name }) => !groups.has(name)).map(updateCardHead);
  const alone = [...rows].flatMap((uid) => {
    const process = fleet.process(uid);
    const supervisor = process === null ? undefined : fleet.supervisors().get(process.supervisor);
    if (process === null || supervisor === undefined || groups.has(process.group)) return [];
    return [updateRow({ process, supervisor }, nowMs, basePath)];
  });
  return [...inCards, ...alone, ...heads];
}

function touchedGroups(fleet: FleetView, rows: GroupsDirt["rows"], groups: GroupsDirt["groups"]) {
  const names = new Set(groups);
  for (const uid of rows) names.add(fleet.process(uid)?.group ?? "");
  const touched = new Map<string, ProcessGroup>();
  if (names.size > 0)
    for (const group of fleetGroups(fleet.supervisors())) if (names.has(group.name)) touched.set(group.name, group);
  return touched;
}
