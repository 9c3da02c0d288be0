import { printable } from "../lib/printable.ts";
import type { HubSupervisor } from "../protocol/hub.ts";
import { localTime } from "./local-time.ts";
import { isLive, namesSupervisor } from "./select/known-fleet.ts";

/** May the pattern mean a process of this supervisor? Where it names none at all, it may be on any. */
const concerns = (pattern: string, supervisor: string, all: readonly string[]): boolean =>
  namesSupervisor(pattern, supervisor) || !all.some((name) => namesSupervisor(pattern, name));

/** The supervisors of which nothing is known now and that the patterns may mean. */
export function downSupervisors(
  supervisors: readonly HubSupervisor[],
  patterns: readonly string[],
): readonly HubSupervisor[] {
  const names = supervisors.map((supervisor) => supervisor.name);
  const isMeant = ({ name }: HubSupervisor) =>
    patterns.length === 0 || patterns.some((pattern) => concerns(pattern, name, names));
  return supervisors.filter((supervisor) => !isLive(supervisor) && isMeant(supervisor));
}

/** "lid003: no answer since 2026-11-24 01:52:07 (connection refused)", in the time zone of this machine */
export function downLine({ name, link }: HubSupervisor): string {
  if (link === undefined) return printable(`${name}: no answer`);
  const since = `since ${localTime(link.since)}`;
  if (link.status === "connecting") return printable(`${name}: not reached yet, trying ${since}`);
  return printable(`${name}: no answer ${since}${link.reason ? ` (${link.reason})` : ""}`);
}
