import { numberText } from "./number-text.ts";

/** What pictures say of themselves and of each of their parts. */
export const pictureTexts = {
  kinds: { up: "up", down: "down", stopped: "stopped", unknown: "not known", absent: "not there" },
  nothing: (name: string) => `${name}: nothing known`,
  span: (what: string, from: string, to: string) => `${what}, ${from} to ${to}`,
  use: (name: string, last: string, most: string) => `${name}: ${last} at last, ${most} at most`,
  part: (kind: string, share: string, length: string) => `${kind} ${share} (${length})`,
  crashes: (n: number) => `${numberText(n)} crashes`,
  starts: (n: number) => `${numberText(n)} starts`,
  uptime: (share: string) => `up ${share} of the known time`,
  noUptime: "nothing known of its uptime",
  days: (name: string, days: number, uptime: string, crashes: string) => `${name}, ${days} days: ${uptime}, ${crashes}`,
  changes: (n: number, crashes: number) => `${numberText(n)} changes, ${numberText(crashes)} crashes`,
  notCounted: "not counted",
  histogram: (name: string, changes: number, crashes: number, most: number) =>
    `${name}: ${numberText(changes)} changes, ${numberText(crashes)} of them crashes; ${numberText(most)} at most in one bar`,
  olderNotCounted: "; what is older is not counted",
  worstOf: (changes: number, worst: string) => `${numberText(changes)} changes, worst ${worst}`,
  stretch: (what: string, from: string, to: string, length: string) => `${what}, ${from} to ${to} (${length})`,
  strip: (name: string, length: string, parts: string) => `${name}, the last ${length}: ${parts || "nothing known"}`,
  states: (kind: string, length: string) => `${kind} ${length}`,
} as const;
