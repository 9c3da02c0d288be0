import { formatInstant } from "../age.ts";
import { pictureTexts as texts } from "../texts/pictures.ts";
import { Picture, part, px } from "./picture-parts.tsx";

/** A value over time; null: not known then. */
export type ChartPoint = { readonly atMs: number; readonly value: number | null };

export type AreaChartProps = {
  /** the page's only one */
  readonly id: string;
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** oldest first */
  readonly points: readonly ChartPoint[];
  /** how far a value reaches; a hole that is longer than twice this is drawn as one */
  readonly stepMs: number;
  /** the top of the picture; at least the largest value */
  readonly top: number;
  readonly valueText: (value: number) => string;
  readonly timeText?: (ms: number) => string;
};

const WIDTH = 600;
const HEIGHT = 56;
/** So many bars can be told apart and pointed at. */
const MOST_BARS = 120;

type Bar = { readonly fromMs: number; readonly toMs: number; readonly value: number };

/** The largest value of each stretch: what was short is seen as well. */
function barsOf({ fromMs, toMs, points, stepMs }: AreaChartProps): Bar[] {
  const wide = Math.max(stepMs, (toMs - fromMs) / MOST_BARS);
  const most = new Map<number, number>();
  for (const { atMs, value } of points) {
    if (value === null || atMs < fromMs || atMs >= toMs) continue;
    const i = Math.floor((atMs - fromMs) / wide);
    most.set(i, Math.max(most.get(i) ?? 0, value));
  }
  return [...most].map(([i, value]) => ({
    ...{ fromMs: fromMs + i * wide, toMs: Math.min(toMs, fromMs + (i + 1) * wide), value },
  }));
}

function summary({ name, valueText }: AreaChartProps, bars: readonly Bar[]): string {
  const last = bars.at(-1);
  if (last === undefined) return texts.nothing(name);
  const most = Math.max(...bars.map(({ value }) => value));
  return texts.use(name, valueText(last.value), valueText(most));
}

/** What was used over time: each stretch by its largest value, nothing where nothing is known. */
export const AreaChart = (props: AreaChartProps) => {
  const { id, fromMs, toMs, valueText, timeText = formatInstant } = props;
  const bars = barsOf(props);
  const top = Math.max(props.top, ...bars.map(({ value }) => value));
  const at = (ms: number) => part(ms - fromMs, toMs - fromMs) * WIDTH;
  return (
    <Picture id={id} label={summary(props, bars)} width={WIDTH} height={HEIGHT} kind="pic-area">
      <>
        {bars.map((bar) => {
          const tall = Math.max(bar.value > 0 ? 1 : 0.5, part(bar.value, top) * (HEIGHT - 2));
          const x = at(bar.fromMs);
          return (
            <g>
              <title safe>{texts.span(valueText(bar.value), timeText(bar.fromMs), timeText(bar.toMs))}</title>
              <rect class="pic-catch" x={px(x)} y="0" width={px(at(bar.toMs) - x)} height={px(HEIGHT)} />
              <rect
                class="pic-use"
                x={px(x)}
                y={px(HEIGHT - tall)}
                width={px(at(bar.toMs) - x + 0.3)}
                height={px(tall)}
              />
            </g>
          );
        })}
      </>
    </Picture>
  );
};
