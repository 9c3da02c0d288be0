import { percentWords } from "../pictures/duration-words.ts";
import { numberText } from "./number-text.ts";

/** What the pictures of a process's past say. */
export const pastTexts = {
  states: "States",
  time: "Time",
  day: (date: string) => date,
  daysAgo: (days: number) => `${days} days ago`,
  today: "today",
  days: "Uptime by day",
  kinds: { up: "up", down: "down", stopped: "stopped", unknown: "not known" },
  part: (kind: string, percent: number) => `${kind} ${percentWords(percent)}`,
  knownSince: (when: string) => `known since ${when}`,
  restarts: (hour: number, week: number) =>
    `${numberText(hour)} ${hour === 1 ? "start" : "starts"} in the last hour, ${numberText(week)} in 7 days`,
  cpu: "CPU",
  memory: "Memory",
  use: (now: string, most: string) => `${now}, ${most} at most`,
  noUse: "not told in this time",
} as const;
