import { framedPage, type PageInput } from "./frame.tsx";
import { type LogChannel, LogPanel } from "./log-panel.tsx";
import { LongName } from "./long-name.tsx";
import { MOST_LOGS } from "./most-logs.ts";
import type { PlacedProcess } from "./process-look.ts";
import { ProcessHead } from "./process-parts.tsx";
import { shortenMiddle } from "./shorten.ts";
import { logTexts as texts } from "./texts/log.ts";
import { processTexts } from "./texts/process.ts";
import { processUrl } from "./urls.ts";

/** Of lines that stand together: short, and told apart by host where the name is the same. */
export const logLabel = ({ process }: PlacedProcess): string =>
  `${shortenMiddle(process.name, 24)} ${shortenMiddle(process.supervisor, 16)}`;

const panelOf = (input: PageInput, channel: LogChannel) => ({
  ...{ channel, basePath: input.context.basePath, worker: input.assets.search, full: true },
  readOnly: input.context.readOnly === true,
});

/** The log of one process, as high as the window. */
export function logPage({
  placed,
  channel,
  ...input
}: PageInput & { readonly placed: PlacedProcess; readonly channel: LogChannel }): string {
  const { process } = placed;
  const logs = [{ uid: process.uid, label: shortenMiddle(process.name, 60) }];
  return framedPage({
    ...input,
    title: processTexts.logOn(shortenMiddle(process.name, 60), shortenMiddle(process.supervisor, 40)),
    page: "log",
    stream: `/live/process/${encodeURIComponent(process.uid.toWellFormed())}`,
    skip: { to: "log-lines", words: texts.skip },
    children: (
      <>
        <ProcessHead placed={placed} nowMs={input.nowMs} basePath={input.context.basePath} />
        <LogPanel {...panelOf(input, channel)} logs={logs} />
      </>
    ),
  });
}

type LogsPage = PageInput & {
  readonly placed: readonly PlacedProcess[];
  /** so many were asked for, where that is more than can be shown together */
  readonly of: number;
  readonly channel: LogChannel;
};

/** Logs of several processes, line by line as they come. */
export function logsPage({ placed, of, channel, ...input }: LogsPage): string {
  const { basePath } = input.context;
  return framedPage({
    ...input,
    title: texts.titleOfMany(placed.length),
    page: "log",
    stream: "/live/history",
    skip: { to: "log-lines", words: texts.skip },
    children: (
      <>
        <h1 class="sr" safe>
          {texts.titleOfMany(placed.length)}
        </h1>
        {placed.length === 0 ? (
          <p class="panel none">{texts.none}</p>
        ) : (
          <>
            <ul class="log-whose" aria-label={texts.whose}>
              {placed.map((one, i) => (
                <li class={`origin-${i % 6}`}>
                  <a href={processUrl(basePath, one.process.uid)}>
                    <LongName text={one.process.name} />
                  </a>{" "}
                  <span class="host" safe>
                    {shortenMiddle(one.process.supervisor, 40)}
                  </span>
                </li>
              ))}
              {of > placed.length && placed.length >= MOST_LOGS ? (
                <li class="others" safe>
                  {texts.firstOf(placed.length, of)}
                </li>
              ) : null}
            </ul>
            <LogPanel
              {...panelOf(input, channel)}
              logs={placed.map((one) => ({ uid: one.process.uid, label: logLabel(one) }))}
            />
          </>
        )}
      </>
    ),
  });
}
