import type { StripCode } from "../../views/day-strip.ts";
import { fleetGroups, type ProcessGroup } from "../../views/fleet-groups.ts";
import { updateAttention, updateCounts } from "../../views/frame-update.tsx";
import { updateCard, updateCardHead, updateCards, updateRow } from "../../views/groups-update.tsx";
import type { PlacedProcess } from "../../views/process-look.ts";
import type { FleetView } from "../fleet-view.ts";
import { changedStrips } from "./changed-strips.ts";
import { type FiguresOf, noFigures } from "./figures-of.ts";
import { type GroupsDirt, groupsDirt } from "./groups-dirt.ts";
import type { PageView } from "./page-stream.ts";

type StripOf = (placed: PlacedProcess) => StripCode;

/** Strips go on by half hours, and unexpected ends are forgotten after a while. */
const TICK_MS = 10_000;

/** The groups page as its readers see it, all of it or by pieces. */
export function groupsView(
  fleet: FleetView,
  basePath: string,
  now: () => number,
  figures: FiguresOf = noFigures,
): PageView {
  const dirt = groupsDirt(fleet);
  const stripOf = (placed: PlacedProcess) => figures.all(placed).strip;
  let unsubscribe = () => {};
  const strips = changedStrips(fleet, stripOf);
  const around = () => {
    const supervisors = fleet.supervisors();
    return [
      updateAttention(supervisors, now(), basePath, "groups", figures.ends),
      updateCounts(supervisors, basePath, "groups"),
    ];
  };
  return {
    open(onChange) {
      dirt.reset();
      strips.begin();
      const timer = setInterval(() => {
        for (const uid of strips.take()) dirt.add(uid);
        onChange();
      }, TICK_MS);
      const end = fleet.subscribe((change) => {
        if (dirt.note(change)) onChange();
      });
      unsubscribe = () => {
        clearInterval(timer);
        end();
      };
    },
    close: () => unsubscribe(),
    key: () => fleet.version(),
    full: () => [updateCards(fleet.supervisors(), now(), basePath, stripOf), ...around()].join(""),
    update() {
      const taken = dirt.take();
      const body = taken.cards
        ? [updateCards(fleet.supervisors(), now(), basePath, stripOf)]
        : pieces(fleet, taken, now(), basePath, stripOf);
      return [...body, ...around()].join("");
    },
  };
}

function pieces(
  fleet: FleetView,
  { rows, groups }: GroupsDirt,
  nowMs: number,
  basePath: string,
  stripOf: StripOf,
): string[] {
  const touched = touchedGroups(fleet, rows, groups);
  const inCards = [...touched.values()]
    .filter(({ name }) => groups.has(name))
    .map((group) => updateCard(group, nowMs, basePath, stripOf));
  const heads = [...touched.values()].filter(({ name }) => !groups.has(name)).map(updateCardHead);
  const alone = [...rows].flatMap((uid) => {
    const process = fleet.process(uid);
    const supervisor = process === null ? undefined : fleet.supervisors().get(process.supervisor);
    if (process === null || supervisor === undefined || groups.has(process.group)) return [];
    return [updateRow({ process, supervisor }, nowMs, basePath, stripOf)];
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
