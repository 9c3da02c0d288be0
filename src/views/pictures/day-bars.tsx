import { availabilityOf, type Figures, totalMs } from "../../domain/figures.ts";
import { formatInstant } from "../age.ts";
import { pictureTexts as texts } from "../texts/pictures.ts";
import { durationWords, percentWords } from "./duration-words.ts";
import { Box, Picture, part } from "./picture-parts.tsx";

export type Day = { readonly startMs: number; readonly figures: Figures };

export type DayBarsProps = {
  /** the page's only one */
  readonly id: string;
  readonly name: string;
  /** oldest first */
  readonly days: readonly Day[];
  /** a date in words; UTC without it */
  readonly dateText?: (ms: number) => string;
  readonly height?: number;
};

const BAR = 8;
const STEP = 10;
const NOTABLE_MS = 60_000;

const utcDate = (ms: number): string => formatInstant(ms).slice(0, 10);

function wordsOf({ startMs, figures }: Day, dateText: (ms: number) => string): string {
  const whole = totalMs(figures);
  const parts = (
    [
      [texts.kinds.up, figures.upMs],
      [texts.kinds.down, figures.downMs],
      [texts.kinds.stopped, figures.stoppedMs],
      [texts.kinds.unknown, figures.unknownMs],
    ] as const
  )
    .filter(([, ms]) => ms > 0)
    .map(([word, ms]) => texts.part(word, percentWords((100 * ms) / whole), durationWords(ms)));
  const events = [
    ...(figures.crashes > 0 ? [texts.crashes(figures.crashes)] : []),
    ...(figures.restarts > 0 ? [texts.starts(figures.restarts)] : []),
  ];
  const all = [...parts, ...events];
  const date = dateText(startMs);
  return all.length === 0 ? texts.nothing(date) : `${date}: ${all.join(", ")}`;
}

function summary({ name, days }: DayBarsProps): string {
  const [up, down] = [days.reduce((ms, d) => ms + d.figures.upMs, 0), days.reduce((ms, d) => ms + d.figures.downMs, 0)];
  const crashes = days.reduce((count, d) => count + d.figures.crashes, 0);
  const available = availabilityOf({ upMs: up, downMs: down } as Figures);
  const words = available === null ? texts.noUptime : texts.uptime(percentWords(available));
  return texts.days(name, days.length, words, texts.crashes(crashes));
}

/** A bar for each day: from below what was up, from above what was down; stopped is a thin line, unknown is hatched. */
export const DayBars = (props: DayBarsProps) => {
  const { id, days, dateText = utcDate, height = 32 } = props;
  return (
    <Picture id={id} label={summary(props)} width={Math.max(1, days.length * STEP)} height={height} kind="pic-days">
      <>
        {days.map((day, i) => (
          <DayBar {...{ id, day, x: i * STEP, height, title: wordsOf(day, dateText) }} />
        ))}
      </>
    </Picture>
  );
};

type DayBarProps = {
  readonly id: string;
  readonly day: Day;
  readonly x: number;
  readonly height: number;
  readonly title: string;
};

const DayBar = ({ id, day: { figures }, x, height, title }: DayBarProps) => {
  const whole = totalMs(figures);
  // A little that was down is seen as well, but for the moments in which it started as it should.
  const isWorth = figures.crashes > 0 || figures.downMs >= NOTABLE_MS;
  const tall = (ms: number) => (isWorth && ms > 0 ? Math.max(3, part(ms, whole) * height) : 0);
  const [down, unknown] = [tall(figures.downMs), part(figures.unknownMs, whole) * height];
  const up = Math.min(part(figures.upMs, whole) * height, height - down);
  return (
    <g>
      <title safe>{title}</title>
      <rect class="pic-none" x={String(x)} y="0" width={String(BAR)} height={String(height)} />
      {figures.stoppedMs > 0 ? <Box {...{ id, kind: "stopped", x, y: height - 2, width: BAR, height: 2 }} /> : ""}
      <Box {...{ id, kind: "up", x, y: height - up, width: BAR, height: up }} />
      <Box {...{ id, kind: "unknown", x, y: height - up - unknown, width: BAR, height: unknown }} />
      <Box {...{ id, kind: "down", x, y: 0, width: BAR, height: down }} />
    </g>
  );
};
