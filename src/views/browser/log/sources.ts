import type { LogChannel } from "../../log-panel.tsx";
import { logTexts as texts } from "../../texts/log.ts";

/** One log of the view. */
export type Source = {
  readonly index: number;
  readonly uid: string;
  readonly channel: "out" | "err" | "main";
  /** which of the colours its lines are told by */
  readonly colour: number;
  /** whose line it is, where there are several; null: there is one alone */
  readonly label: string | null;
  /** place after the last byte shown; null: not known yet */
  next: string | null;
  /** place of the first byte that was read; null: nothing is before it */
  previous: string | null;
  /** what was read of the line that begins before that */
  head: string;
  /** the beginning of a line that is not there as a whole */
  rest: string;
};

/** A line that does not end is shown when it is this long. */
const MOST_REST = 64 * 1_024;

/** Lines of several logs are shown as a whole, or they would run into each other. @returns what is whole by now */
export function takeLines(source: Source, piece: string): string {
  const all = source.rest + piece;
  const end = all.length > MOST_REST ? all.length : all.lastIndexOf("\n") + 1;
  source.rest = all.slice(end);
  return end === 0 || all.endsWith("\n", end) ? all.slice(0, end) : `${all.slice(0, end)}\n`;
}

export type ShownProcess = { readonly uid: string; readonly label: string };

const CHANNELS: Readonly<Record<LogChannel, readonly Source["channel"][]>> = {
  out: ["out"],
  err: ["err"],
  both: ["out", "err"],
  main: ["main"],
};

/** The logs that are shown together. */
export function sourcesOf(processes: readonly ShownProcess[], channel: LogChannel): Source[] {
  const channels = CHANNELS[channel];
  const isOne = processes.length === 1;
  return processes.flatMap(({ uid, label }, p) =>
    channels.map((each, c) => ({
      ...{ index: p * channels.length + c, uid, channel: each, next: null, previous: null, head: "", rest: "" },
      colour: isOne ? c : p,
      label: isOne ? (channels.length === 1 ? null : `std${each}`) : each === "err" ? texts.errOf(label) : label,
    })),
  );
}
