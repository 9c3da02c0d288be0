import { numberText } from "./number-text.ts";

/** What stands on top where something is wrong. */
export const attentionTexts = {
  title: "Needs attention",
  hostDown: "Host down",
  connecting: "connecting",
  neverSeen: "never seen",
  lastSeen: (processes: string) => `${processes} shown as last seen`,
  wrongExit: "ended with an exit code that is not among its exitcodes",
  gaveUp: "gave up after its startretries",
  tooEarly: "ended before its startsecs",
  ended: (cause: string, ran: string) => (ran === "" ? cause : `${cause} after ${ran}`),
  said: (how: string, lastLine: string) => `${how}: ${lastLine}`,
  more: (count: number) => `and ${numberText(count)} more`,
} as const;
