import { matchesGlob } from "../lib/glob.ts";
import { printable } from "../lib/printable.ts";
import type { HubSupervisor } from "../protocol/hub.ts";

const isLive = (supervisor: HubSupervisor): boolean => supervisor.link?.status === "live" || isLiveBefore7(supervisor);

/** Multivisor 6 has no `link`. */
const isLiveBefore7 = (supervisor: HubSupervisor): boolean => supervisor.link === undefined && supervisor.running;

/** Does the pattern's first part speak of this supervisor? `PLC:*` speaks of none, a bare name of none either. */
export function namesSupervisor(pattern: string, supervisor: string): boolean {
  if (pattern.startsWith(`${supervisor}:`)) return true;
  return pattern.includes(":") && matchesGlob(pattern.slice(0, pattern.indexOf(":")), supervisor);
}

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

/** sv-SE writes ISO 8601 with a space. */
const localTime = (ms: number): string => new Date(ms).toLocaleString("sv-SE");
