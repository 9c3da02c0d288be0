import { numberText } from "./number-text.ts";

const crashes = (n: number): string => `${numberText(n)} ${n === 1 ? "crash" : "crashes"}`;
const changes = (n: number): string => `${numberText(n)} ${n === 1 ? "change" : "changes"}`;

/** What pictures say of themselves and of each of their parts. */
export const pictureTexts = {
  kinds: { up: "up", down: "down", stopped: "stopped", unknown: "not known", absent: "not there" },
  nothing: (name: string) => `${name}: nothing known`,
  span: (what: string, from: string, to: string) => `${what}, ${from} to ${to}`,
  use: (name: string, last: string, most: string) => `${name}: ${last} at last, ${most} at most`,
  part: (kind: string, share: string, length: string) => `${kind} ${share} (${length})`,
  crashes,
  starts: (n: number) => `${numberText(n)} ${n === 1 ? "start" : "starts"}`,
  uptime: (share: string) => `up ${share} of the known time`,
  noUptime: "nothing known of its uptime",
  days: (name: string, days: number, uptime: string, crashes: string) => `${name}, ${days} days: ${uptime}, ${crashes}`,
  changes: (n: number, crashed: number) => `${changes(n)}, ${crashes(crashed)}`,
  notCounted: "not counted",
  histogram: (name: string, n: number, crashed: number, most: number) =>
    `${name}: ${changes(n)}, ${crashes(crashed)} among them; ${numberText(most)} at most in one bar`,
  olderNotCounted: "; what is older is not counted",
  worstOf: (n: number, worst: string) => `${changes(n)}, worst ${worst}`,
  stretch: (what: string, from: string, to: string, length: string) => `${what}, ${from} to ${to} (${length})`,
  strip: (name: string, length: string, parts: string) => `${name}, the last ${length}: ${parts || "nothing known"}`,
  states: (kind: string, length: string) => `${kind} ${length}`,
} as const;
