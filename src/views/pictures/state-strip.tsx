import type { Figures, TimelineInterval } from "../../domain/figures.ts";
import { formatInstant } from "../age.ts";
import { pictureTexts as texts } from "../texts/pictures.ts";
import { durationWords } from "./duration-words.ts";
import { Box, Picture, part } from "./picture-parts.tsx";

/** How a stretch of time looks; its height tells as well as its colour. */
type StripKind = "up" | "moving" | "backoff" | "down" | "stopped" | "unknown" | "absent";

function stripKind({ kind, state }: TimelineInterval): StripKind {
  if (kind !== "down") return kind;
  return state === "STARTING" ? "moving" : state === "BACKOFF" ? "backoff" : "down";
}

/** Of the whole height. */
const HEIGHT: Record<StripKind, number> = {
  up: 0.6,
  moving: 0.4,
  backoff: 0.8,
  down: 1,
  stopped: 0.15,
  unknown: 1,
  absent: 0,
};

/** Milliseconds, counted before anything was joined to a line of the picture. */
export type Spent = Pick<Figures, "upMs" | "downMs" | "stoppedMs" | "unknownMs">;

export type StripProps = {
  /** the page's only one */
  readonly id: string;
  /** of what: a uid */
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly intervals: readonly TimelineInterval[];
  readonly spent: Spent;
  readonly width?: number;
  readonly height?: number;
  /** a moment in words; UTC without it */
  readonly timeText?: (ms: number) => string;
};

const wordsOf = (interval: TimelineInterval, timeText: (ms: number) => string): string => {
  const { fromMs, toMs, kind, state, joined } = interval;
  const worst = state ?? texts.kinds[kind];
  const what = joined > 1 ? texts.worstOf(joined, worst) : worst;
  return texts.stretch(what, timeText(fromMs), timeText(toMs), durationWords(toMs - fromMs));
};

function summary({ name, fromMs, toMs, spent }: StripProps): string {
  const parts = (["up", "down", "stopped", "unknown"] as const)
    .filter((kind) => spent[`${kind}Ms`] > 0)
    .map((kind) => texts.states(texts.kinds[kind], durationWords(spent[`${kind}Ms`])));
  return texts.strip(name, durationWords(toMs - fromMs), parts.join(", "));
}

/** The states of a process, one after the other, as a strip. Pure: the same data makes the same picture. */
export const StateStrip = (props: StripProps) => {
  const { id, fromMs, toMs, intervals, width = 240, height = 16, timeText = formatInstant } = props;
  const at = (ms: number) => part(ms - fromMs, toMs - fromMs) * width;
  return (
    <Picture id={id} label={summary(props)} width={width} height={height} kind="pic-strip">
      <>
        {intervals.map((interval) => {
          const kind = stripKind(interval);
          const tall = HEIGHT[kind] * height;
          const x = at(interval.fromMs);
          // Nothing that happened is too short to be seen.
          const wide = Math.max(at(interval.toMs) - x, kind === "up" || kind === "absent" ? 0 : 1);
          return (
            <Box
              {...{ id, kind, x, y: height - tall, width: wide, height: tall, title: wordsOf(interval, timeText) }}
            />
          );
        })}
      </>
    </Picture>
  );
};
