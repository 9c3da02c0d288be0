import { formatInstant } from "../age.ts";
import { part, px } from "./picture-parts.tsx";
import { StateStrip, type StripProps } from "./state-strip.tsx";

export type TimelineProps = StripProps & {
  /** moments to be named below, epoch milliseconds */
  readonly ticks?: readonly number[];
  /** short words for a tick: "14:00" */
  readonly tickText?: (ms: number) => string;
};

/** Round moments, some six of them. @param offsetMs of the zone in which they are round */
export function roundTicks(fromMs: number, toMs: number, most = 8, offsetMs = 0): number[] {
  const steps = [1, 5, 15, 60, 180, 360, 720, 1_440, 2_880, 10_080, 20_160, 43_200].map((minutes) => minutes * 60_000);
  const span = toMs - fromMs;
  if (!(span > 0)) return [];
  const step = steps.find((ms) => span / ms <= most) ?? Math.ceil(span / most);
  const first = Math.ceil((fromMs + offsetMs) / step) * step - offsetMs;
  return Array.from({ length: Math.floor((toMs - first) / step) + 1 }, (_, i) => first + i * step).filter(
    (ms) => ms <= toMs,
  );
}

/** A large strip with moments named below it; the names are text, so that they are not stretched with the picture. */
export const Timeline = (props: TimelineProps) => {
  const { fromMs, toMs, ticks = roundTicks(fromMs, toMs), tickText = (ms) => formatInstant(ms).slice(5, 16) } = props;
  return (
    <div class="pic-timeline">
      <StateStrip {...props} width={props.width ?? 1_000} height={props.height ?? 40} />
      <svg class="pic-axis" aria-hidden="true" xmlns="http://www.w3.org/2000/svg">
        {ticks.map((ms) => (
          <text x={`${px(part(ms - fromMs, toMs - fromMs) * 100)}%`} y="12" class="pic-tick" safe>
            {tickText(ms)}
          </text>
        ))}
      </svg>
    </div>
  );
};
