import { latelyDied } from "../domain/death.ts";
import type { Supervisor } from "../domain/supervisor.ts";
import { ActionButtons } from "./action-buttons.tsx";
import { AgeText } from "./age-text.tsx";
import { attributeText } from "./attribute-text.ts";
import { attentionId } from "./dom-id.ts";
import { type AttentionItem, LOOP_ENDS } from "./fleet-attention.ts";
import { plural } from "./group-summary.ts";
import { listPath } from "./list-path.ts";
import { LongName } from "./long-name.tsx";
import type { PageName } from "./page-name.ts";
import { lookOf, offeredActions, type PlacedProcess, refusalOf } from "./process-look.ts";
import { countsSince, stateWords } from "./process-words.ts";
import { shortenMiddle } from "./shorten.ts";
import { fleetTexts } from "./texts/fleet.ts";
import { processUrl, supervisorUrl } from "./urls.ts";

const MOST_SHOWN = 6;

type Place = { readonly nowMs: number; readonly basePath: string };

const HostLine = ({ supervisor, nowMs, basePath }: { supervisor: Supervisor } & Place) => {
  const { link, processes } = supervisor;
  const reason = link.status === "down" ? link.reason : "connecting";
  const seen =
    processes.size === 0 ? "never seen" : `${plural(processes.size, "process", "processes")} shown as last seen`;
  return (
    <li class="line" id={attentionId(`host ${supervisor.name}`)}>
      <span class="pill host-down">Host down</span>
      <span class="who" title={attributeText(shortenMiddle(supervisor.name, 300))}>
        <a class="name" href={supervisorUrl(basePath, supervisor.name)}>
          <LongName text={supervisor.name} />
        </a>
        <span class="host" safe>
          {shortenMiddle(supervisor.url, 60)}
        </span>
      </span>
      <span class="why" title={attributeText(shortenMiddle(reason, 300))} safe>
        {`${shortenMiddle(reason, 200)}; ${seen}`}
      </span>
      <AgeText sinceMs={link.sinceMs} nowMs={nowMs} />
      <span class="acts"></span>
    </li>
  );
};

/** spawnerr where there is one; supervisord's description says "Exited too quickly" and the like. */
function why({ process }: PlacedProcess): string {
  if (process.spawnerr !== "") return process.spawnerr;
  if (process.state === "EXITED") return "ended with an exit code that is not among its exitcodes";
  if (process.state === "FATAL") return "gave up after its startretries";
  return "ended before its startsecs";
}

/** The reason, and what the process wrote last to open below it, where that is known. */
const Why = ({ reason, mono, lastWords }: { reason: string; mono: boolean; lastWords: string }) => {
  const name = mono ? "why mono" : "why";
  const title = attributeText(shortenMiddle(reason, 300));
  if (lastWords === "")
    return (
      <span class={name} title={title} safe>
        {shortenMiddle(reason, 200)}
      </span>
    );
  return (
    <details class={name}>
      <summary title={title}>
        <span safe>{shortenMiddle(reason, 200)}</span>
      </summary>
      <pre tabindex="0" safe>
        {lastWords}
      </pre>
    </details>
  );
};

const ProcessLine = ({ placed, ends, nowMs, basePath }: { placed: PlacedProcess; ends: number } & Place) => {
  const { process } = placed;
  const look = lookOf(placed);
  const loops = ends >= LOOP_ENDS && process.state !== "FATAL";
  const reason = loops
    ? [fleetTexts.ends(ends), process.spawnerr].filter((text) => text !== "").join(": ")
    : why(placed);
  return (
    <li
      class="line"
      id={attentionId(process.uid)}
      data-uid={attributeText(process.uid)}
      data-look={lookOf(placed)}
      {...(process.isAgent ? { "data-agent": "" } : {})}
    >
      <span class={`pill ${loops ? "loop" : look}`} safe>
        {loops ? fleetTexts.crashLoop : stateWords(placed)}
      </span>
      <span class="who" title={attributeText(shortenMiddle(process.uid, 300))}>
        <a class="name" href={processUrl(basePath, process.uid)}>
          <LongName text={process.name} />
        </a>
        <span class="host" safe>
          {`${shortenMiddle(process.group, 40)}, ${shortenMiddle(process.supervisor, 40)}`}
        </span>
      </span>
      <Why reason={reason} mono={process.spawnerr !== ""} lastWords={latelyDied(process)?.lastWords ?? ""} />
      <AgeText sinceMs={countsSince(placed)} nowMs={nowMs} />
      <span class="acts">
        <ActionButtons
          log={`${processUrl(basePath, process.uid)}/log`}
          offered={offeredActions(placed)}
          label={shortenMiddle(process.uid, 90)}
          refusal={refusalOf(placed)}
        />
      </span>
    </li>
  );
};

type Props = {
  readonly items: readonly AttentionItem[];
  readonly nowMs: number;
  readonly basePath: string;
  readonly page: PageName;
};

/** What nobody may overlook; nothing at all where there is nothing. */
export const AttentionStrip = ({ items, nowMs, basePath, page }: Props) => {
  const rest = items.length - MOST_SHOWN;
  if (items.length === 0) return <div id="attention"></div>;
  return (
    <div id="attention">
      <section class="strip" aria-labelledby="attention-title">
        <h2 id="attention-title">Needs attention</h2>
        <ul>
          {items
            .slice(0, rest === 1 ? MOST_SHOWN + 1 : MOST_SHOWN)
            .map((item) =>
              item.kind === "host" ? (
                <HostLine supervisor={item.supervisor} nowMs={nowMs} basePath={basePath} />
              ) : (
                <ProcessLine placed={item.placed} ends={item.ends} nowMs={nowMs} basePath={basePath} />
              ),
            )}
        </ul>
        {rest > 1 ? (
          <p class="rest">
            <a href={`${basePath}${listPath(page)}?filter=state%3Atrouble`} data-filter="state:trouble" safe>
              {`and ${rest} more`}
            </a>
          </p>
        ) : null}
      </section>
    </div>
  );
};
