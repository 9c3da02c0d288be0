import type { HistoryBucket } from "../../domain/figures.ts";
import { formatInstant } from "../age.ts";
import { attributeText } from "../attribute-text.ts";
import { pictureTexts as texts } from "../texts/pictures.ts";
import { Box, Picture, part, px } from "./picture-parts.tsx";

export type HistogramProps = {
  /** the page's only one */
  readonly id: string;
  readonly name: string;
  /** oldest first */
  readonly buckets: readonly HistoryBucket[];
  /** where a bar leads; none without it */
  readonly href?: (bucket: HistoryBucket) => string;
  readonly height?: number;
  readonly timeText?: (ms: number) => string;
};

const STEP = 10;

function summary(name: string, buckets: readonly HistoryBucket[]): string {
  const counts = buckets.flatMap(({ count }) => (count === null ? [] : [count]));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const crashes = buckets.reduce((sum, bucket) => sum + bucket.crashes, 0);
  const rest = counts.length < buckets.length ? texts.olderNotCounted : "";
  return `${texts.histogram(name, total, crashes, Math.max(0, ...counts))}${rest}`;
}

function wordsOf({ fromMs, toMs, count, crashes }: HistoryBucket, timeText: (ms: number) => string): string {
  const what = count === null ? texts.notCounted : texts.changes(count, crashes);
  return texts.span(what, timeText(fromMs), timeText(toMs));
}

/** How much happened when; crashes stand at the foot of each bar, full; the rest is lighter. */
export const Histogram = ({ id, name, buckets, href, height = 48, timeText = formatInstant }: HistogramProps) => {
  const most = Math.max(0, ...buckets.map(({ count }) => count ?? 0));
  return (
    <Picture
      id={id}
      label={summary(name, buckets)}
      width={Math.max(1, buckets.length * STEP)}
      height={height}
      kind="pic-histogram"
      holdsLinks={href !== undefined}
    >
      <>
        {buckets.map((bucket, i) => {
          const bar = <Bar {...{ id, bucket, most, height, x: i * STEP, title: wordsOf(bucket, timeText) }} />;
          if (href === undefined) return <g>{bar}</g>;
          return (
            <a
              href={attributeText(href(bucket))}
              tabindex="-1"
              data-from={String(bucket.fromMs)}
              data-to={String(bucket.toMs)}
            >
              {bar}
            </a>
          );
        })}
      </>
    </Picture>
  );
};

type BarProps = {
  readonly id: string;
  readonly bucket: HistoryBucket;
  readonly most: number;
  readonly height: number;
  readonly x: number;
  readonly title: string;
};

const Bar = ({ id, bucket: { count, crashes }, most, height, x, title }: BarProps) => {
  const tall = (value: number) => (value === 0 ? 0 : Math.max(2, part(value, most) * height));
  const [all, bad] = [tall(count ?? 0), tall(crashes)];
  const box = { id, x: x + 1, width: STEP - 2 };
  return (
    <>
      <title safe>{title}</title>
      <rect class="pic-catch" x={px(x)} y="0" width={px(STEP)} height={px(height)} />
      {count === null ? (
        <Box {...{ ...box, kind: "unknown", y: 0, height }} />
      ) : (
        <>
          <Box {...{ ...box, kind: "count", y: height - all, height: all }} />
          <Box {...{ ...box, kind: "down", y: height - bad, height: bad }} />
        </>
      )}
    </>
  );
};
