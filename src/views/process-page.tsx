import type { ProgramConfiguration } from "../domain/call.ts";
import { framedPage, type PageInput } from "./frame.tsx";
import type { HistoryLine } from "./history-line.ts";
import { LogPanel } from "./log-panel.tsx";
import type { PlacedProcess } from "./process-look.ts";
import { Happened, ProcessFacts, ProcessHead } from "./process-parts.tsx";
import { type Past, ProcessPast } from "./process-past.tsx";
import { ProgramFacts } from "./program-facts.tsx";
import { shortenMiddle } from "./shorten.ts";
import { processTexts as texts } from "./texts/process.ts";

export type ProcessPage = PageInput & {
  readonly placed: PlacedProcess;
  readonly lines: readonly HistoryLine[];
  /** why the history cannot be read; null: it can */
  readonly problem: string | null;
  /** null: nothing is known of it */
  readonly past: Past | null;
  /** null: supervisord does not tell */
  readonly program: ProgramConfiguration | null;
};

export function processPage({ placed, lines, problem, past, program, ...input }: ProcessPage): string {
  const { context, nowMs } = input;
  const { basePath } = context;
  const { process } = placed;
  return framedPage({
    ...input,
    title: texts.on(shortenMiddle(process.name, 60), shortenMiddle(process.supervisor, 40)),
    page: "process",
    stream: `/live/process/${encodeURIComponent(process.uid.toWellFormed())}`,
    skip: { to: "happened-title", words: texts.skip },
    children: (
      <>
        <ProcessHead placed={placed} nowMs={nowMs} basePath={basePath} />
        {past === null ? null : <ProcessPast uid={process.uid} past={past} basePath={basePath} />}
        <div class="columns">
          <div class="column">
            <section class="panel" aria-labelledby="happened-title">
              <h2 id="happened-title" tabindex="-1">
                {texts.happened}
              </h2>
              <Happened lines={lines} basePath={basePath} nowMs={nowMs} problem={problem} subject={false} />
            </section>
            <LogPanel
              logs={[{ uid: process.uid, label: shortenMiddle(process.name, 60) }]}
              channel="out"
              basePath={basePath}
              worker={input.assets.search}
              full={false}
              readOnly={context.readOnly === true}
            />
          </div>
          <div class="column">
            <section class="panel" aria-labelledby="facts-title">
              <h2 id="facts-title">{texts.details}</h2>
              <ProcessFacts placed={placed} basePath={basePath} />
            </section>
            {program === null ? null : <ProgramFacts program={program} />}
          </div>
        </div>
      </>
    ),
  });
}
