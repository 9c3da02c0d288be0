import { linkLimits } from "../domain/link-limits.ts";
import type { Supervisor } from "../domain/supervisor.ts";
import { AgeText } from "./age-text.tsx";
import { attributeText } from "./attribute-text.ts";
import { supervisorRowId } from "./dom-id.ts";
import { plural } from "./group-summary.ts";
import { formatRan } from "./history-line.ts";
import { LongName } from "./long-name.tsx";
import { isOpenToAll } from "./open-hosts.ts";
import { isStale, type Look, lookOf } from "./process-look.ts";
import { countText, cpuText, memoryText } from "./row-figures.ts";
import { shortenMiddle } from "./shorten.ts";
import type { SupervisorSums } from "./supervisor-sums.ts";
import { fleetTexts } from "./texts/fleet.ts";
import { supervisorUrl } from "./urls.ts";

/** A skew that is shown: less is the network's doing. */
const SKEW_MS = 2_000;

export const SUPERVISOR_ACTIONS = ["reread", "update", "restart", "shutdown"] as const;
export type SupervisorAction = (typeof SUPERVISOR_ACTIONS)[number];

export const SUPERVISOR_WORDS: Readonly<Record<SupervisorAction, string>> = {
  reread: "Reread",
  update: "Update",
  restart: "Restart",
  shutdown: "Shut down",
};

const WHAT: Readonly<Record<SupervisorAction, string>> = {
  reread: "Read supervisord.conf again and say what would change",
  update: "Apply what changed in supervisord.conf",
  restart: "Restart supervisord and all of its processes",
  shutdown: "Stop supervisord and all of its processes",
};

export const linkLook = ({ link }: Supervisor): Look =>
  link.status === "live" ? "running" : link.status === "down" ? "bad" : "unknown";

export const linkWords = ({ link }: Supervisor): string =>
  link.status === "live" ? "Live" : link.status === "down" ? "Down" : "Connecting";

const LINK_KIND: Readonly<Record<string, string>> = {
  agent: "agent",
  xmlrpc: "XML-RPC",
  zerorpc: "agent of Multivisor 6",
};

/** "agent 7.0.0", "XML-RPC" */
export const reachedBy = ({ linkKind, agentVersion }: Supervisor): string =>
  agentVersion === null ? (LINK_KIND[linkKind] ?? linkKind) : `${LINK_KIND[linkKind] ?? linkKind} ${agentVersion}`;

export const skewWords = ({ clockOffsetMs }: Supervisor): string =>
  clockOffsetMs === null || Math.abs(clockOffsetMs) < SKEW_MS
    ? ""
    : `${clockOffsetMs > 0 ? "+" : "−"}${formatRan(Math.abs(clockOffsetMs))}`;

export const countLooks = (supervisor: Supervisor): Record<Look, number> => {
  const counts: Record<Look, number> = { running: 0, moving: 0, backoff: 0, bad: 0, stopped: 0, unknown: 0 };
  for (const process of supervisor.processes.values()) counts[lookOf({ process, supervisor })]++;
  return counts;
};

const SHOWN: readonly { look: Look; word: string }[] = [
  { look: "running", word: "running" },
  { look: "bad", word: "fatal or exited unexpectedly" },
  { look: "backoff", word: "in backoff" },
  { look: "moving", word: "starting or stopping" },
  { look: "stopped", word: "stopped" },
  { look: "unknown", word: "unknown" },
];

/** Only what there is; each has its place all the same. */
export const MiniCounts = ({ counts }: { counts: Readonly<Record<Look, number>> }) => (
  <span class="mini">
    {SHOWN.map(({ look, word }) =>
      counts[look] === 0 ? (
        <span class="mini-count"></span>
      ) : (
        <span class="mini-count" title={`${counts[look]} ${word}`}>
          <span class={`shape ${look}`} role="img" aria-label={word}></span>
          <span safe>{String(counts[look])}</span>
        </span>
      ),
    )}
  </span>
);

type ActsProps = { readonly supervisor: Supervisor; readonly basePath: string };

/** Links to where it is asked for, so that they need no script; the script asks on the spot. */
export const SupervisorActs = ({ supervisor, basePath }: ActsProps) => {
  const label = shortenMiddle(supervisor.name, 60);
  const refused = !supervisor.allows.includes("supervisor");
  return (
    <>
      {SUPERVISOR_ACTIONS.map((action) => {
        const off = isStale(supervisor) || refused;
        return (
          <a
            class={`worded ${action}`}
            href={`${supervisorUrl(basePath, supervisor.name)}?ask=${action}`}
            data-sact={action}
            title={attributeText(refused ? `${label} does not permit actions on supervisord` : WHAT[action])}
            aria-label={attributeText(`${SUPERVISOR_WORDS[action]} ${label}`)}
            {...(off ? { "aria-disabled": "true" } : {})}
            safe
          >
            {SUPERVISOR_WORDS[action]}
          </a>
        );
      })}
    </>
  );
};

/** How the browser's script knows what it asks for. */
export const supervisorData = (supervisor: Supervisor): Record<string, string> => {
  const counts = countLooks(supervisor);
  return {
    "data-supervisor": attributeText(supervisor.name),
    "data-running": String(counts.running + counts.moving + counts.backoff),
  };
};

type RowProps = {
  readonly supervisor: Supervisor;
  readonly sums: SupervisorSums;
  readonly nowMs: number;
  readonly basePath: string;
};

export const SupervisorRow = ({ supervisor, sums, nowMs, basePath }: RowProps) => {
  const { link, facts, processes } = supervisor;
  const limits = linkLimits(supervisor.linkKind);
  const reason = link.status === "down" ? link.reason : "";
  return (
    <tr
      class="host-row"
      id={supervisorRowId(supervisor.name)}
      data-look={linkLook(supervisor)}
      {...supervisorData(supervisor)}
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
          <span class="cause" safe>
            {link.status === "live" && facts?.state === "STOPPING" ? "shutting down" : shortenMiddle(reason, 120)}
          </span>
        </span>
      </td>
      <td class="for">
        <AgeText sinceMs={link.sinceMs} nowMs={nowMs} />
      </td>
      <td class="counted">
        <MiniCounts counts={countLooks(supervisor)} />
        <span class="sr" safe>
          {plural(processes.size, "process", "processes")}
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
      <td class="by" title={attributeText(limits.length === 0 ? "" : `Not by this link: ${limits.join("; ")}`)} safe>
        {reachedBy(supervisor)}
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
