import { numberText } from "./number-text.ts";

/** What stands behind the bell. */
export const noticeTexts = {
  title: "Notifications",
  unseen: (count: number) => (count === 0 ? "Notifications" : `Notifications, ${numberText(count)} new`),
  clear: "Clear",
  none: "Nothing in the last day. What fails stands here, each process and host in one line.",
  process: (name: string, host: string, state: string) => `${name} on ${host}: ${state}`,
  down: (host: string) => `${host} is down`,
  back: (host: string) => `${host} is back`,
  times: (words: string, count: number) => (count > 1 ? `${words}, ${numberText(count)} times` : words),
  levels: { bad: "Failed", warn: "Warning", good: "Recovered" },
} as const;
