import type { HistoryBucket } from "../domain/figures.ts";
import { framedPage, type PageInput } from "./frame.tsx";
import type { HistoryFields } from "./history-fields.ts";
import { HistoryFilters } from "./history-filters.tsx";
import { HistoryHistogram } from "./history-histogram.tsx";
import type { HistoryLine } from "./history-line.ts";
import { HistoryRows } from "./history-rows.tsx";
import { historyTexts as texts } from "./texts/history.ts";
import { historyUrl } from "./urls.ts";
import type { ZoneTime } from "./zone-time.ts";

export type HistoryPageInput = PageInput & {
  readonly fields: HistoryFields;
  readonly lines: readonly HistoryLine[];
  /** cursor of the page after this one; null: this is the last */
  readonly next: string | null;
  /** the newest page, open at its end: new lines come on top */
  readonly follows: boolean;
  /** what is wrong with the question; null: nothing */
  readonly problem: string | null;
  readonly exports: { readonly csv: string; readonly json: string };
  /** over the range; [] where it cannot be counted */
  readonly buckets: readonly HistoryBucket[];
  readonly zone: ZoneTime;
};

export function historyPage({
  fields,
  lines,
  next,
  follows,
  problem,
  buckets,
  zone,
  ...input
}: HistoryPageInput): string {
  const { context, exports } = input;
  const { basePath } = context;
  return framedPage({
    ...input,
    title: `${texts.title}, ${context.fleetName}`,
    page: "history",
    stream: "/live/history",
    skip: { to: "history", words: texts.skip },
    children: (
      <>
        <h1 class="sr">{texts.title}</h1>
        <HistoryFilters fields={fields} basePath={basePath} zone={zone} />
        {buckets.length === 0 ? null : (
          <HistoryHistogram buckets={buckets} fields={fields} basePath={basePath} zone={zone} />
        )}
        <section class="panel" aria-labelledby="history-title">
          <header class="panel-head">
            <h2 id="history-title">{follows ? texts.latestLive : texts.latest}</h2>
            <p class="exports">
              {texts.export} <a href={exports.csv}>CSV</a> <a href={exports.json}>JSON</a>
            </p>
          </header>
          {problem === null ? null : (
            <p class="none problem" role="alert" safe>
              {problem}
            </p>
          )}
          <ol id="history" class="happening with-subject" tabindex="-1" {...(follows ? { "data-follows": "" } : {})}>
            <HistoryRows lines={lines} basePath={basePath} nowMs={input.nowMs} subject />
          </ol>
          {lines.length === 0 && problem === null ? (
            <p class="none" id="history-none">
              {texts.none}
            </p>
          ) : null}
          {next === null ? null : (
            <p class="older">
              <a href={historyUrl(basePath, { ...fields, cursor: next })} id="older">
                {texts.older}
              </a>
            </p>
          )}
        </section>
      </>
    ),
  });
}
