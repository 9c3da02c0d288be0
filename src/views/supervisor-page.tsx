import { linkLimits } from "../domain/link-limits.ts";
import type { Supervisor } from "../domain/supervisor.ts";
import { AgeText } from "./age-text.tsx";
import { attributeText } from "./attribute-text.ts";
import { framedPage, type PageInput } from "./frame.tsx";
import { plural } from "./group-summary.ts";
import type { HistoryLine } from "./history-line.ts";
import { formatRan } from "./history-line.ts";
import { Instant } from "./instant.tsx";
import { LongName } from "./long-name.tsx";
import { isStale } from "./process-look.ts";
import { Happened } from "./process-parts.tsx";
import { ProcessRow } from "./process-row.tsx";
import { byName, type SortSubject } from "./process-sort.ts";
import { shortenMiddle } from "./shorten.ts";
import {
  countLooks,
  linkLook,
  linkWords,
  MiniCounts,
  reachedBy,
  SUPERVISOR_WORDS,
  type SupervisorAction,
  SupervisorActs,
  supervisorData,
} from "./supervisor-parts.tsx";
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
      {...supervisorData(supervisor)}
      {...(isStale(supervisor) ? { "data-stale": "" } : {})}
    >
      <span class={`shape ${linkLook(supervisor)}`}></span>
      <div class="page-title">
        <p class="crumbs">
          <a href={`${basePath}/supervisors`}>Supervisors</a>
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
          since <Instant atMs={link.sinceMs} />, <AgeText sinceMs={link.sinceMs} nowMs={nowMs} />
        </span>
        <span class="cause" safe>
          {reason}
        </span>
      </p>
      <div class="page-acts">
        <SupervisorActs supervisor={supervisor} basePath={basePath} />
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
      ? "not known"
      : `${formatRan(Math.abs(clockOffsetMs))} ${clockOffsetMs >= 0 ? "ahead of" : "behind"} the hub's`;
  return (
    <dl id="supervisor-facts" class="facts of-hub">
      <div>
        <dt>Processes</dt>
        <dd>
          <MiniCounts counts={countLooks(supervisor)} />
        </dd>
      </div>
      <Fact name="Address" value={shortenMiddle(supervisor.url, 200)} />
      <Fact name="Reached by" value={reachedBy(supervisor)} />
      {limits.length > 0 && <Fact name="It cannot give" value={limits.join("; ")} />}
      <Fact name="Version" value={facts?.supervisorVersion ?? "not known"} />
      <Fact name="Identification" value={facts?.identification ?? "not known"} />
      <Fact name="Pid" value={facts === null || isStale(supervisor) ? "not known" : String(facts.pid)} />
      <Fact name="Clock" value={skew} />
      <div>
        <dt>History</dt>
        <dd>
          <a href={historyUrl(basePath, { supervisor: supervisor.name.toWellFormed() })}>All of it</a>
        </dd>
      </div>
    </dl>
  );
};

const subject = ({ name, group, supervisor }: { name: string; group: string; supervisor: string }): SortSubject => ({
  ...{ name, group, supervisor, look: "running", pid: 0, sinceMs: null, cpu: null, rssKib: null, restarts: 0 },
});

export const SupervisorProcesses = ({ supervisor, nowMs, basePath }: PartProps) => (
  <ul id="supervisor-processes" class="rows of-hub">
    {[...supervisor.processes.values()]
      .sort((a, b) => byName(subject(a), subject(b)))
      .map((process) => (
        <ProcessRow placed={{ process, supervisor }} nowMs={nowMs} basePath={basePath} />
      ))}
  </ul>
);

/** What the buttons lead to where there is no script to ask on the spot. */
const Ask = ({ supervisor, action, basePath }: Omit<PartProps, "nowMs"> & { action: SupervisorAction }) => {
  const counts = countLooks(supervisor);
  const stops = counts.running + counts.moving + counts.backoff;
  const stopsAll = action === "restart" || action === "shutdown";
  return (
    <form method="post" action={`${basePath}/act/supervisor`} class="panel asking">
      <h2 safe>{`${SUPERVISOR_WORDS[action]} ${shortenMiddle(supervisor.name, 60)}?`}</h2>
      <p>
        {stopsAll
          ? `${plural(stops, "running process stops", "running processes stop")}.`
          : "Groups that were removed stop, groups that changed restart."}
      </p>
      <input type="hidden" name="supervisor" value={attributeText(supervisor.name)} />
      <a href={supervisorUrl(basePath, supervisor.name)}>Cancel</a>
      <button type="submit" name="action" value={action} class="worded" safe>
        {SUPERVISOR_WORDS[action]}
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
};

export function supervisorPage({ supervisor, lines, problem, asked, ...input }: SupervisorPage): string {
  const { context, nowMs } = input;
  const { basePath } = context;
  const part = { supervisor, nowMs, basePath };
  return framedPage({
    ...input,
    title: `${shortenMiddle(supervisor.name, 60)}, ${context.fleetName}`,
    page: "supervisor",
    stream: `/live/supervisor/${encodeURIComponent(supervisor.name.toWellFormed())}`,
    skip: { to: "happened-title", words: "Skip to what happened" },
    children: (
      <>
        <SupervisorHead {...part} />
        {asked === null ? null : <Ask supervisor={supervisor} action={asked} basePath={basePath} />}
        <div class="columns">
          <section class="panel with-rows" aria-labelledby="processes-title">
            <h2 id="processes-title">Processes</h2>
            <SupervisorProcesses {...part} />
          </section>
          <div class="column">
            <section class="panel" aria-labelledby="facts-title">
              <h2 id="facts-title">Details</h2>
              <SupervisorFacts supervisor={supervisor} basePath={basePath} />
            </section>
            <section class="panel" aria-labelledby="happened-title">
              <h2 id="happened-title" tabindex="-1">
                What happened
              </h2>
              <Happened lines={lines} basePath={basePath} problem={problem} subject />
            </section>
          </div>
        </div>
      </>
    ),
  });
}
