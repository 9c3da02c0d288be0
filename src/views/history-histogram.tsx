import type { HistoryBucket } from "../domain/figures.ts";
import { attributeText } from "./attribute-text.ts";
import { Histogram } from "./pictures/histogram.tsx";
import { part, px } from "./pictures/picture-parts.tsx";
import { roundTicks } from "./pictures/timeline.tsx";
import { histogramTexts as texts } from "./texts/history.ts";
import { historyUrl } from "./urls.ts";
import type { ZoneTime } from "./zone-time.ts";

const DAY_MS = 86_400_000;

type Props = {
  readonly buckets: readonly HistoryBucket[];
  /** of the page's address, but for its times */
  readonly fields: Readonly<Record<string, string>>;
  readonly basePath: string;
  readonly zone: ZoneTime;
};

/** A part of the time is chosen as a value is: with arrows. */
const slider = (count: number) => ({
  ...{ role: "slider", tabindex: "0", "aria-label": texts.slider, "aria-valuetext": texts.brush },
  ...{ "aria-valuenow": String(count), "aria-valuemin": "1", "aria-valuemax": String(count) },
});

/** How much happened when, over the time that the page is of; each bar leads to its part of it. */
export const HistoryHistogram = ({ buckets, fields, basePath, zone }: Props) => {
  const fromMs = buckets[0]?.fromMs ?? 0;
  const toMs = buckets.at(-1)?.toMs ?? fromMs;
  const tickText = toMs - fromMs <= 2 * DAY_MS ? zone.clock : zone.shortDate;
  const at = (ms: number) => part(ms - fromMs, toMs - fromMs);
  const ticks = roundTicks(fromMs, toMs, 6, zone.offsetMs(toMs)).filter((ms) => at(ms) < 0.94);
  const href = (bucket: HistoryBucket) =>
    historyUrl(basePath, {
      ...fields,
      range: "custom",
      from: new Date(bucket.fromMs).toISOString(),
      to: new Date(bucket.toMs - 1).toISOString(),
    });
  return (
    <section class="panel brush" id="brush" aria-label={texts.name}>
      <div id="brush-field" title={attributeText(texts.over(zone.moment(fromMs), zone.moment(toMs)))}>
        <Histogram id="histogram" name={texts.name} buckets={buckets} href={href} timeText={zone.moment} />
      </div>
      <div id="brush-keys" aria-describedby="brush-words" {...slider(buckets.length)}></div>
      <svg class="pic-axis" aria-hidden="true" xmlns="http://www.w3.org/2000/svg">
        {ticks.map((ms) => (
          <text x={`${px(at(ms) * 100)}%`} y="12" class="pic-tick" safe>
            {tickText(ms)}
          </text>
        ))}
      </svg>
      <p class="sr" id="brush-words" aria-live="polite">
        {texts.brush}
      </p>
    </section>
  );
};
