import type { Supervisor } from "../domain/supervisor.ts";
import { AgeText } from "./age-text.tsx";
import { attributeText } from "./attribute-text.ts";
import { formatRan, type HistoryLine } from "./history-line.ts";
import { HistoryRows } from "./history-rows.tsx";
import { Instant } from "./instant.tsx";
import { LongName } from "./long-name.tsx";
import {
  isStale,
  isTrouble,
  lookOf,
  offeredActions,
  type PlacedProcess,
  refusalOf,
  shownState,
} from "./process-look.ts";
import { countsSince, stateWords } from "./process-words.ts";
import { shortenMiddle } from "./shorten.ts";
import { processTexts as texts } from "./texts/process.ts";
import { stateTexts } from "./texts/states.ts";
import { historyUrl, supervisorUrl } from "./urls.ts";
import { whyWords } from "./why-words.ts";

type Props = { readonly placed: PlacedProcess; readonly nowMs: number; readonly basePath: string };

/** What is known of why it is as it is, in a line. */
function reason(placed: PlacedProcess): string {
  const { process, supervisor } = placed;
  if (supervisor.link.status === "down") return texts.isDown(supervisor.name, supervisor.link.reason);
  if (isStale(supervisor)) return texts.connectingTo(supervisor.name);
  return isTrouble(placed) ? whyWords(placed) : process.spawnerr;
}

/** Plain buttons of a form: they work without scripts; with them, the answer stands where it was clicked. */
const Actions = ({ placed, basePath }: Omit<Props, "nowMs">) => {
  const offered = offeredActions(placed);
  const refusal = refusalOf(placed);
  return (
    <form method="post" action={`${basePath}/act/process`} class="page-acts">
      <input type="hidden" name="uid" value={attributeText(placed.process.uid)} />
      {(["start", "restart", "stop"] as const).map((action) => (
        <button
          type="submit"
          name="action"
          value={action}
          class={`worded ${action}`}
          data-act={action}
          {...(refusal === null ? {} : { title: attributeText(refusal) })}
          {...(offered.includes(action) ? {} : { "aria-disabled": "true" })}
        >
          {stateTexts.actions[action]}
        </button>
      ))}
    </form>
  );
};

export const ProcessHead = ({ placed, nowMs, basePath }: Props) => {
  const { process, supervisor } = placed;
  const why = reason(placed);
  const sinceMs = countsSince(placed);
  return (
    <header
      id="process-head"
      class="page-head of-hub"
      data-uid={attributeText(process.uid)}
      data-state={shownState(placed)}
      data-look={lookOf(placed)}
      {...(isStale(supervisor) ? { "data-stale": "" } : {})}
      {...(process.isAgent ? { "data-agent": "" } : {})}
    >
      <span class={`shape ${lookOf(placed)}`}></span>
      <div class="page-title">
        <p class="crumbs">
          <a href={supervisorUrl(basePath, supervisor.name)} safe>
            {shortenMiddle(supervisor.name, 60)}
          </a>
          <span> / </span>
          <a
            href={`${basePath}/processes?filter=${encodeURIComponent(`group:"${process.group.toWellFormed()}"`)}`}
            safe
          >
            {shortenMiddle(process.group, 60)}
          </a>
        </p>
        <h1 title={attributeText(shortenMiddle(process.uid, 300))}>
          <LongName text={process.name} />
        </h1>
      </div>
      <p class="page-state">
        <span class="status">
          <span class={`pill ${lookOf(placed)}`} safe>
            {stateWords(placed)}
          </span>
        </span>
        {sinceMs === null ? null : (
          <span class="since">
            {texts.since} <Instant atMs={sinceMs} />, <AgeText sinceMs={sinceMs} nowMs={nowMs} />
          </span>
        )}
        <span class="cause" title={attributeText(shortenMiddle(why, 300))} safe>
          {shortenMiddle(why, 200)}
        </span>
      </p>
      <Actions placed={placed} basePath={basePath} />
    </header>
  );
};

const Fact = ({ name, children, mono = false }: { name: string; children: JSX.Element; mono?: boolean }) => (
  <div>
    <dt safe>{name}</dt>
    <dd class={mono ? "mono" : ""}>{children}</dd>
  </div>
);

const text = (value: string): JSX.Element => <span safe>{value}</span>;

function clockWords({ clockOffsetMs: offset }: Supervisor): string {
  if (offset === null) return texts.notKnown;
  if (Math.abs(offset) < 2_000) return texts.inStep;
  return (offset > 0 ? texts.ahead : texts.behind)(formatRan(Math.abs(offset)));
}

export const ProcessFacts = ({ placed, basePath }: Omit<Props, "nowMs">) => {
  const { process, supervisor } = placed;
  const offset = supervisor.clockOffsetMs ?? 0;
  const { death } = process;
  return (
    <dl id="process-facts" class="facts of-hub" data-host={attributeText(process.supervisor)}>
      <Fact name={texts.facts.pid}>{text(process.pid === null ? texts.none : String(process.pid))}</Fact>
      <Fact name={texts.facts.started}>
        {process.startMs === null ? text(texts.never) : <Instant atMs={process.startMs - offset} />}
      </Fact>
      <Fact name={texts.facts.ended}>
        {process.stopMs === null ? text(texts.never) : <Instant atMs={process.stopMs - offset} />}
      </Fact>
      <Fact name={texts.facts.lastEnd}>
        {text(
          death == null
            ? texts.notKnown
            : [death.cause ?? texts.ended, death.ranMs === null ? "" : texts.after(formatRan(death.ranMs))].join(" "),
        )}
      </Fact>
      <Fact name={texts.facts.stdout} mono>
        {text(process.stdoutLogfile || texts.none)}
      </Fact>
      <Fact name={texts.facts.stderr} mono>
        {text(process.stderrLogfile || texts.none)}
      </Fact>
      <Fact name={texts.facts.says}>{text(process.description)}</Fact>
      <Fact name={texts.facts.clock}>
        {text([clockWords(supervisor), supervisor.timeZone].filter(Boolean).join(", "))}
      </Fact>
      <Fact name={texts.facts.history}>
        <a href={historyUrl(basePath, { uid: process.uid.toWellFormed() })}>{texts.facts.historyLink}</a>
      </Fact>
    </dl>
  );
};

type HappenedProps = {
  readonly lines: readonly HistoryLine[];
  readonly basePath: string;
  readonly nowMs: number;
  /** why there is no list; null: there is */
  readonly problem: string | null;
  readonly subject: boolean;
};

export const Happened = ({ lines, basePath, nowMs, problem, subject }: HappenedProps) => (
  <ol id="happened" class={subject ? "happening with-subject" : "happening"}>
    {problem !== null ? (
      <li class="none" safe>
        {problem}
      </li>
    ) : lines.length === 0 ? (
      <li class="none">{texts.nothingYet}</li>
    ) : (
      <HistoryRows lines={lines} basePath={basePath} nowMs={nowMs} subject={subject} />
    )}
  </ol>
);
