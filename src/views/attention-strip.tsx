import { latelyDied } from "../domain/death.ts";
import type { Supervisor } from "../domain/supervisor.ts";
import { ActionButtons } from "./action-buttons.tsx";
import { AgeText } from "./age-text.tsx";
import { attributeText } from "./attribute-text.ts";
import { attentionId } from "./dom-id.ts";
import { type AttentionItem, LOOP_ENDS } from "./fleet-attention.ts";
import { listPath } from "./list-path.ts";
import { LongName } from "./long-name.tsx";
import type { PageName } from "./page-name.ts";
import { lookOf, offeredActions, type PlacedProcess, refusalOf } from "./process-look.ts";
import { countsSince, stateWords } from "./process-words.ts";
import { shortenMiddle } from "./shorten.ts";
import { attentionTexts as texts } from "./texts/attention.ts";
import { countTexts } from "./texts/counts.ts";
import { fleetTexts } from "./texts/fleet.ts";
import { processUrl, supervisorUrl } from "./urls.ts";
import { whyWords } from "./why-words.ts";

const MOST_SHOWN = 6;

type Place = { readonly nowMs: number; readonly basePath: string };

const HostLine = ({ supervisor, nowMs, basePath }: { supervisor: Supervisor } & Place) => {
  const { link, processes } = supervisor;
  const reason = link.status === "down" ? link.reason : texts.connecting;
  const seen = processes.size === 0 ? texts.neverSeen : texts.lastSeen(countTexts.processes(processes.size));
  return (
    <li class="line" id={attentionId(`host ${supervisor.name}`)} data-host={attributeText(supervisor.name)}>
      <span class="pill host-down">{texts.hostDown}</span>
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

/** The reason, and what the process wrote last to open below it, where that is known. */
const Why = ({ reason, lastWords }: { reason: string; lastWords: string }) => {
  const title = attributeText(shortenMiddle(reason, 300));
  if (lastWords === "")
    return (
      <span class="why" title={title} safe>
        {shortenMiddle(reason, 200)}
      </span>
    );
  return (
    <details class="why">
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
  const reason = loops ? texts.said(fleetTexts.ends(ends), whyWords(placed)) : whyWords(placed);
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
      <Why reason={reason} lastWords={latelyDied(process)?.lastWords ?? ""} />
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
        <h2 id="attention-title">{texts.title}</h2>
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
              {texts.more(rest)}
            </a>
          </p>
        ) : null}
      </section>
    </div>
  );
};
