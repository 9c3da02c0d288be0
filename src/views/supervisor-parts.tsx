import { linkLimits } from "../domain/link-limits.ts";
import type { Supervisor } from "../domain/supervisor.ts";
import { AgeText } from "./age-text.tsx";
import { attributeText } from "./attribute-text.ts";
import { supervisorRowId } from "./dom-id.ts";
import { formatRan } from "./history-line.ts";
import type { HostTally } from "./host-tally.ts";
import { LongName } from "./long-name.tsx";
import { isOpenToAll } from "./open-hosts.ts";
import { isStale, type Look } from "./process-look.ts";
import { countText, cpuText, memoryText } from "./row-figures.ts";
import { shortenMiddle } from "./shorten.ts";
import { SupervisorActs } from "./supervisor-acts.tsx";
import type { SupervisorSums } from "./supervisor-sums.ts";
import { barTexts } from "./texts/bar.ts";
import { countTexts } from "./texts/counts.ts";
import { fleetTexts } from "./texts/fleet.ts";
import { numberText } from "./texts/number-text.ts";
import { supervisorTexts as texts } from "./texts/supervisor.ts";
import { supervisorUrl } from "./urls.ts";

/** A skew that is shown: less is the network's doing. */
const SKEW_MS = 2_000;

export const linkLook = ({ link }: Supervisor): Look =>
  link.status === "live" ? "running" : link.status === "down" ? "bad" : "unknown";

export const linkWords = ({ link }: Supervisor): string => texts.link[link.status];

/** "agent 7.0.0", "XML-RPC" */
export const reachedBy = ({ linkKind, agentVersion }: Supervisor): string =>
  agentVersion === null ? texts.kinds[linkKind] : `${texts.kinds[linkKind]} ${agentVersion}`;

export const skewWords = ({ clockOffsetMs }: Supervisor): string =>
  clockOffsetMs === null || Math.abs(clockOffsetMs) < SKEW_MS
    ? ""
    : `${clockOffsetMs > 0 ? "+" : "−"}${formatRan(Math.abs(clockOffsetMs))}`;

const SHOWN: readonly Look[] = ["running", "bad", "backoff", "moving", "stopped", "unknown"];

type Counts = HostTally["byLook"];

/** Only what there is; each has its place all the same. */
export const MiniCounts = ({ counts }: { counts: Counts }) => (
  <span class="mini">
    {SHOWN.map((look) =>
      counts[look] === 0 ? (
        <span class="mini-count"></span>
      ) : (
        <span class="mini-count" title={barTexts.counted(counts[look], barTexts.counts[look])}>
          <span class={`shape ${look}`} role="img" aria-label={barTexts.counts[look]}></span>
          <span safe>{numberText(counts[look])}</span>
        </span>
      ),
    )}
  </span>
);

/** How the browser's script knows what it asks for. */
export const supervisorData = (supervisor: Supervisor, counts: Counts): Record<string, string> => ({
  "data-supervisor": attributeText(supervisor.name),
  "data-running": String(counts.running + counts.moving + counts.backoff),
});

export type RowProps = {
  readonly supervisor: Supervisor;
  readonly counts: Counts;
  readonly sums: SupervisorSums;
  readonly nowMs: number;
  readonly basePath: string;
  /** left out by the filter of the url; the browser hides and shows from then on */
  readonly hidden?: boolean;
};

export const SupervisorRow = ({ supervisor, counts, sums, nowMs, basePath, hidden = false }: RowProps) => {
  const { link, facts, processes } = supervisor;
  const limits = linkLimits(supervisor.linkKind);
  const reason = link.status === "down" ? link.reason : "";
  return (
    <tr
      class="host-row"
      id={supervisorRowId(supervisor.name)}
      data-look={linkLook(supervisor)}
      data-link={link.status}
      {...supervisorData(supervisor, counts)}
      {...(hidden ? { "data-c-hide": "" } : {})}
      {...(isStale(supervisor) ? { "data-stale": "" } : {})}
    >
      <td class="look">
        <span class={`shape ${linkLook(supervisor)}`} role="img" aria-label={linkWords(supervisor)}></span>
      </td>
      <th class="who" scope="row" title={attributeText(shortenMiddle(supervisor.name, 300))}>
        <a class="name" href={supervisorUrl(basePath, supervisor.name)}>
          <LongName text={supervisor.name} />
        </a>
        <span class="host" safe>
          {shortenMiddle(supervisor.url, 60)}
        </span>
        {isOpenToAll(supervisor) ? (
          <span class="icon open-lock" role="img" title={fleetTexts.openLock} aria-label={fleetTexts.openLock}></span>
        ) : null}
      </th>
      <td class="state">
        <span class="status" title={attributeText(shortenMiddle(reason, 300))}>
          {link.status === "live" ? null : (
            <span class={link.status === "down" ? "pill host-down" : "pill unknown"} safe>
              {linkWords(supervisor)}
            </span>
          )}
          <span class="cause" title={attributeText(limits.length === 0 ? "" : texts.notByLink(limits.join("; ")))} safe>
            {link.status !== "live"
              ? shortenMiddle(reason, 120)
              : facts?.state === "STOPPING"
                ? texts.shuttingDown
                : reachedBy(supervisor)}
          </span>
        </span>
      </td>
      <td class="for">
        <AgeText sinceMs={link.sinceMs} nowMs={nowMs} />
      </td>
      <td class="counted">
        <MiniCounts counts={counts} />
        <span class="sr" safe>
          {countTexts.processes(processes.size)}
        </span>
      </td>
      <td class="cpu" safe>
        {cpuText(sums.cpu)}
      </td>
      <td class="mem" safe>
        {memoryText(sums.rssKib)}
      </td>
      <td class="re" safe>
        {countText(sums.restarts)}
      </td>
      <td class="version" safe>
        {facts?.supervisorVersion ?? ""}
      </td>
      <td class="pid" safe>
        {facts === null || isStale(supervisor) ? "" : String(facts.pid)}
      </td>
      <td class="skew" safe>
        {skewWords(supervisor)}
      </td>
      <td class="acts">
        <SupervisorActs supervisor={supervisor} basePath={basePath} />
      </td>
    </tr>
  );
};
