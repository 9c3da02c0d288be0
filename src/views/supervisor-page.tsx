import { linkLimits } from "../domain/link-limits.ts";
import type { Supervisor } from "../domain/supervisor.ts";
import { actOnSupervisorUrl } from "./act-subject.ts";
import { AgeText } from "./age-text.tsx";
import { attributeText } from "./attribute-text.ts";
import { cardRow } from "./card-row.tsx";
import type { StripCode } from "./day-strip.ts";
import { framedPage, type PageInput } from "./frame.tsx";
import type { HistoryLine } from "./history-line.ts";
import { formatRan } from "./history-line.ts";
import { hostTally } from "./host-tally.ts";
import { Instant } from "./instant.tsx";
import { LogPanel } from "./log-panel.tsx";
import { LongName } from "./long-name.tsx";
import { rowsByName } from "./name-order.ts";
import { isStale, type PlacedProcess } from "./process-look.ts";
import { Happened } from "./process-parts.tsx";
import { shortenMiddle } from "./shorten.ts";
import type { SupervisorAction } from "./supervisor-action.ts";
import { SupervisorActs } from "./supervisor-acts.tsx";
import { linkLook, linkWords, MiniCounts, reachedBy, supervisorData } from "./supervisor-parts.tsx";
import { actPageTexts } from "./texts/act-page.ts";
import { countTexts } from "./texts/counts.ts";
import { logTexts } from "./texts/log.ts";
import { supervisorTexts as texts } from "./texts/supervisor.ts";
import { historyUrl, supervisorUrl } from "./urls.ts";

type PartProps = { readonly supervisor: Supervisor; readonly nowMs: number; readonly basePath: string };

export const SupervisorHead = ({ supervisor, nowMs, basePath }: PartProps) => {
  const { link } = supervisor;
  const reason = link.status === "down" ? shortenMiddle(link.reason, 200) : "";
  return (
    <header
      id="supervisor-head"
      class="page-head of-hub"
      data-look={linkLook(supervisor)}
      {...supervisorData(supervisor, hostTally(supervisor).byLook)}
      {...(isStale(supervisor) ? { "data-stale": "" } : {})}
    >
      <span class={`shape ${linkLook(supervisor)}`}></span>
      <div class="page-title">
        <p class="crumbs">
          <a href={`${basePath}/supervisors`}>{texts.title}</a>
        </p>
        <h1 title={attributeText(shortenMiddle(supervisor.name, 300))}>
          <LongName text={supervisor.name} />
        </h1>
      </div>
      <p class="page-state">
        <span class="status">
          <span class={link.status === "down" ? "pill host-down" : "pill unknown"} safe>
            {linkWords(supervisor)}
          </span>
        </span>
        <span class="since">
          {texts.since} <Instant atMs={link.sinceMs} />, <AgeText sinceMs={link.sinceMs} nowMs={nowMs} />
        </span>
        <span class="cause" safe>
          {reason}
        </span>
      </p>
      <div class="page-acts">
        <SupervisorActs supervisor={supervisor} basePath={basePath} />
        <noscript>
          <a class="worded acting" href={actOnSupervisorUrl(basePath, supervisor.name)}>
            {actPageTexts.all}
          </a>
        </noscript>
      </div>
    </header>
  );
};

const Fact = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt safe>{name}</dt>
    <dd safe>{value}</dd>
  </div>
);

export const SupervisorFacts = ({ supervisor, basePath }: Omit<PartProps, "nowMs">) => {
  const { facts, clockOffsetMs } = supervisor;
  const limits = linkLimits(supervisor.linkKind);
  const skew =
    clockOffsetMs === null
      ? texts.notKnown
      : (clockOffsetMs >= 0 ? texts.ahead : texts.behind)(formatRan(Math.abs(clockOffsetMs)));
  return (
    <dl id="supervisor-facts" class="facts of-hub">
      <div>
        <dt>{texts.facts.processes}</dt>
        <dd>
          <MiniCounts counts={hostTally(supervisor).byLook} />
        </dd>
      </div>
      <Fact name={texts.facts.address} value={shortenMiddle(supervisor.url, 200)} />
      <Fact name={texts.facts.reachedBy} value={reachedBy(supervisor)} />
      {limits.length > 0 && <Fact name={texts.facts.cannot} value={limits.join("; ")} />}
      <Fact name={texts.facts.version} value={facts?.supervisorVersion ?? texts.notKnown} />
      <Fact name={texts.facts.identification} value={facts?.identification ?? texts.notKnown} />
      <Fact name={texts.facts.pid} value={facts === null || isStale(supervisor) ? texts.notKnown : String(facts.pid)} />
      <Fact name={texts.facts.clock} value={[skew, supervisor.timeZone].filter(Boolean).join(", ")} />
      <div>
        <dt>{texts.facts.history}</dt>
        <dd>
          <a href={historyUrl(basePath, { supervisor: supervisor.name.toWellFormed() })}>{texts.facts.historyLink}</a>
        </dd>
      </div>
    </dl>
  );
};

export type StripOf = (placed: PlacedProcess) => StripCode;

export const SupervisorProcesses = ({ supervisor, nowMs, basePath, stripOf }: PartProps & { stripOf: StripOf }) => (
  <ul id="supervisor-processes" class="rows of-hub">
    {rowsByName([supervisor]).map(
      (placed) => cardRow({ placed, nowMs, basePath, strip: stripOf(placed), beside: "group" }) as "safe",
    )}
  </ul>
);

/** What the buttons lead to where there is no script to ask on the spot. */
const Ask = ({ supervisor, action, basePath }: Omit<PartProps, "nowMs"> & { action: SupervisorAction }) => {
  const counts = hostTally(supervisor).byLook;
  const stops = counts.running + counts.moving + counts.backoff;
  const stopsAll = action === "restart" || action === "shutdown";
  return (
    <form method="post" action={`${basePath}/act/supervisor`} class="panel asking">
      <h2 safe>{texts.ask(texts.actions[action], shortenMiddle(supervisor.name, 60))}</h2>
      <p>{stopsAll ? texts.askStops(countTexts.stop(stops)) : texts.askUpdate}</p>
      <input type="hidden" name="supervisor" value={attributeText(supervisor.name)} />
      <a href={supervisorUrl(basePath, supervisor.name)}>{texts.cancel}</a>
      <button type="submit" name="action" value={action} class="worded">
        {texts.actions[action]}
      </button>
    </form>
  );
};

export type SupervisorPage = PageInput & {
  readonly supervisor: Supervisor;
  readonly lines: readonly HistoryLine[];
  readonly problem: string | null;
  /** an action to be confirmed; null: none */
  readonly asked: SupervisorAction | null;
  readonly stripOf: StripOf;
};

/** supervisord's own log. */
const MainLog = ({ supervisor, input, full }: { supervisor: Supervisor; input: PageInput; full: boolean }) => (
  <LogPanel
    logs={[{ uid: supervisor.name, label: shortenMiddle(supervisor.name, 60) }]}
    channel="main"
    basePath={input.context.basePath}
    worker={input.assets.search}
    full={full}
    readOnly
  />
);

/** supervisord's own log, as high as the window. */
export const mainLogPage = ({ supervisor, ...input }: PageInput & { readonly supervisor: Supervisor }): string =>
  framedPage({
    ...input,
    title: `${texts.mainLog}, ${shortenMiddle(supervisor.name, 60)}`,
    page: "main-log",
    stream: `/live/supervisor/${encodeURIComponent(supervisor.name.toWellFormed())}`,
    skip: { to: "log-lines", words: logTexts.skip },
    children: (
      <>
        <SupervisorHead supervisor={supervisor} nowMs={input.nowMs} basePath={input.context.basePath} />
        <MainLog supervisor={supervisor} input={input} full />
      </>
    ),
  });

export function supervisorPage({ supervisor, lines, problem, asked, stripOf, ...input }: SupervisorPage): string {
  const { context, nowMs } = input;
  const { basePath } = context;
  const part = { supervisor, nowMs, basePath };
  return framedPage({
    ...input,
    title: `${shortenMiddle(supervisor.name, 60)}, ${context.fleetName}`,
    page: "supervisor",
    stream: `/live/supervisor/${encodeURIComponent(supervisor.name.toWellFormed())}`,
    skip: { to: "happened-title", words: texts.skipToHappened },
    children: (
      <>
        <SupervisorHead {...part} />
        {asked === null ? null : <Ask supervisor={supervisor} action={asked} basePath={basePath} />}
        <div class="columns">
          <div class="column">
            <section class="panel with-rows" aria-labelledby="processes-title">
              <h2 id="processes-title">{texts.processes}</h2>
              <SupervisorProcesses {...part} stripOf={stripOf} />
            </section>
            <MainLog supervisor={supervisor} input={input} full={false} />
          </div>
          <div class="column">
            <section class="panel" aria-labelledby="facts-title">
              <h2 id="facts-title">{texts.details}</h2>
              <SupervisorFacts supervisor={supervisor} basePath={basePath} />
            </section>
            <section class="panel" aria-labelledby="happened-title">
              <h2 id="happened-title" tabindex="-1">
                {texts.happened}
              </h2>
              <Happened lines={lines} basePath={basePath} nowMs={nowMs} problem={problem} subject />
            </section>
          </div>
        </div>
      </>
    ),
  });
}
