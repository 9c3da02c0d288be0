import { numberText } from "./number-text.ts";

/** What the lists of groups, supervisors and processes say. */
export const fleetTexts = {
  processColumns: {
    name: "Name",
    group: "Group",
    host: "Host",
    state: "State",
    pid: "Pid",
    since: "Since",
    cpu: "CPU",
    memory: "Memory",
    restarts: "Restarts/h",
  },
  supervisorColumns: {
    name: "Supervisor",
    link: "Link",
    since: "Since",
    trouble: "Processes",
    cpu: "CPU",
    memory: "Memory",
    restarts: "Restarts/h",
    version: "Version",
    pid: "Pid",
    skew: "Clock",
  },
  openLock: "Open to all: no token asked for, whoever reaches the agent may do what this hub may",
  openHosts: (names: string, more: number) =>
    `No token asked for: whoever reaches the agent may do what this hub may, on ${names}${more === 0 ? "" : `, and ${numberText(more)} more`}`,
  day: "24 h",
  kinds: {
    a: "nothing known",
    n: "not known",
    s: "stopped",
    u: "up",
    m: "a start or stop",
    b: "backoff",
    d: "down",
  },
  strip: (parts: readonly (readonly [string, number])[]): string =>
    `Last 24 h, by the worst of each half hour: ${parts.map(([what, hours]) => `${what} ${hours} h`).join(", ")}`,
  crashLoop: "Crash loop",
  ends: (n: number): string => `${n} unexpected ends in 10 min`,
  log: "Log",
  moreInGroup: (rest: number, all: number): string =>
    `${numberText(rest)} more, all ${numberText(all)} in the list of processes`,
  partOfCards: (groupsLeftOut: number): string =>
    `A large fleet: each group shows what is in trouble, and the first of the others${groupsLeftOut === 0 ? "." : `, ${numberText(groupsLeftOut)} groups are left out.`}`,
  partOfTable: (rows: number, matches: number, total: number): string =>
    `${numberText(rows)} of ${matches === total ? `${numberText(total)} processes` : `${numberText(matches)} that match`}: those in trouble and the first in this order. The filter finds the others.`,
  allProcesses: "List of all processes",
  skipToProcesses: "Skip to the processes",
  selectAll: "Select all rows",
} as const;
