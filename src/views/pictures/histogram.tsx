import { formatInstant } from "../age.ts";
import { Box, Picture, part } from "./picture-parts.tsx";

export type Bucket = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
  /** of these, crashes */
  readonly crashes: number;
};

export type HistogramProps = {
  /** the page's only one */
  readonly id: string;
  readonly name: string;
  readonly buckets: readonly Bucket[];
  readonly height?: number;
  readonly timeText?: (ms: number) => string;
};

const STEP = 10;

/** How much happened when; crashes stand at the foot of each bar, full; the rest is an outline. */
export const Histogram = ({ id, name, buckets, height = 48, timeText = formatInstant }: HistogramProps) => {
  const most = Math.max(0, ...buckets.map(({ count }) => count));
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  const crashes = buckets.reduce((sum, bucket) => sum + bucket.crashes, 0);
  const label = `${name}: ${total} changes, ${crashes} of them crashes; ${most} at most in one bar`;
  return (
    <Picture id={id} label={label} width={Math.max(1, buckets.length * STEP)} height={height} kind="pic-histogram">
      <>
        {buckets.map((bucket, i) => {
          const tall = part(bucket.count, most) * height;
          const bad = part(bucket.crashes, most) * height;
          const when = `${timeText(bucket.fromMs)} to ${timeText(bucket.toMs)}`;
          return (
            <g>
              <title safe>{`${bucket.count} changes, ${bucket.crashes} crashes, ${when}`}</title>
              <Box {...{ id, kind: "count", x: i * STEP + 1, y: height - tall, width: STEP - 2, height: tall }} />
              <Box {...{ id, kind: "down", x: i * STEP + 1, y: height - bad, width: STEP - 2, height: bad }} />
            </g>
          );
        })}
      </>
    </Picture>
  );
};
