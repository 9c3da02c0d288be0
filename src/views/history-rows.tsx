import { isProcessStateName } from "../domain/states.ts";
import { formatAge } from "./age.ts";
import { attributeText } from "./attribute-text.ts";
import { formatBytes, type HistoryLine, lineTail, lineWords } from "./history-line.ts";
import { Instant } from "./instant.tsx";
import { LongName } from "./long-name.tsx";
import { shortenMiddle } from "./shorten.ts";
import { historyTexts as texts } from "./texts/history.ts";
import { stateTexts } from "./texts/states.ts";
import { processUrl, supervisorUrl } from "./urls.ts";

const word = (state: string): string =>
  isProcessStateName(state) ? stateTexts.states[state] : state.charAt(0).toUpperCase() + state.slice(1).toLowerCase();

/** As loud as the state it came to. */
function lookOf({ kind, to_state, expected, state, ok }: HistoryLine): string {
  if (kind === "gap") return "unknown";
  if (kind === "command") return ok === false ? "bad" : "plain";
  if (kind === "link") return state === "down" ? "bad" : "plain";
  if (to_state === "FATAL" || (to_state === "EXITED" && expected === false)) return "bad";
  return to_state === "BACKOFF" ? "backoff" : to_state === "RUNNING" ? "running" : "plain";
}

const What = ({ line }: { line: HistoryLine }) =>
  line.kind === "transition" ? (
    <span class="what">
      <span safe>{line.from_state === null ? "" : word(line.from_state)}</span>
      <span class="arrow">{line.from_state === null ? "" : " → "}</span>
      <b class={`to ${lookOf(line)}`} safe>
        {word(line.to_state ?? "")}
      </b>
    </span>
  ) : (
    <span class="what">
      <span>{texts.kinds[line.kind]}</span>{" "}
      <b class={`to ${lookOf(line)}`} safe>
        {line.kind === "gap" ? formatAge((line.to ?? line.at) - (line.from ?? line.at)) : word(line.state ?? "")}
      </b>
    </span>
  );

const aside = (line: HistoryLine): string => {
  if (line.tries) return texts.attempt(line.tries);
  if (line.sampled) return texts.seenLate;
  if (line.kind === "command") return line.ok === null ? "" : line.ok === false ? texts.failed : texts.done;
  return line.pid === null ? "" : texts.pid(line.pid);
};

const Subject = ({ line, basePath }: { line: HistoryLine; basePath: string }) => (
  <span class="whose" title={attributeText(shortenMiddle(line.uid ?? line.supervisor, 300))}>
    {line.uid === null ? (
      <a class="name" href={supervisorUrl(basePath, line.supervisor)}>
        <LongName text={line.group ?? line.supervisor} />
      </a>
    ) : (
      <a class="name" href={processUrl(basePath, line.uid)}>
        <LongName text={line.name ?? ""} />
      </a>
    )}
    <span class="host" safe>
      {line.uid === null && line.group === null
        ? ""
        : `${line.uid === null ? "" : `${shortenMiddle(line.group ?? "", 40)}, `}${shortenMiddle(line.supervisor, 40)}`}
    </span>
  </span>
);

const Why = ({ line, nowMs }: { line: HistoryLine; nowMs: number }) => {
  const tail = lineTail(line);
  const words = lineWords(line, nowMs);
  const rss = line.evidence?.rss_bytes ?? null;
  if (tail === "")
    return (
      <span class="because" title={attributeText(shortenMiddle(words, 300))} safe>
        {shortenMiddle(words, 300)}
      </span>
    );
  return (
    <details class="because">
      <summary>
        <span safe>{shortenMiddle(words, 300) || texts.wroteLast}</span>
      </summary>
      <p class="evidence-head" safe>
        {texts.lastLines((line.evidence?.stderr_tail ?? "").trim() === "" ? "stdout" : "stderr", [
          ...(line.pid === null ? [] : [texts.pid(line.pid)]),
          ...(rss === null ? [] : [formatBytes(rss)]),
        ])}
      </p>
      <pre class="evidence" tabindex="0" safe>
        {tail}
      </pre>
    </details>
  );
};

type Place = { readonly basePath: string; readonly nowMs: number; readonly subject: boolean };
type RowProps = Place & { readonly line: HistoryLine };

/** @param subject whose it is, where the list is of more than one process */
export const HistoryRow = ({ line, basePath, nowMs, subject }: RowProps) => (
  <li
    class={`happened ${line.kind}`}
    id={`i${line.id}`}
    data-item={String(line.id)}
    data-host={attributeText(line.supervisor)}
  >
    <Instant atMs={line.at} />
    {subject ? <Subject line={line} basePath={basePath} /> : null}
    <What line={line} />
    <Why line={line} nowMs={nowMs} />
    <span class="aside" safe>
      {aside(line)}
    </span>
  </li>
);

type ListProps = Place & { readonly lines: readonly HistoryLine[] };

export const HistoryRows = ({ lines, ...place }: ListProps) => (
  <>
    {lines.map((line) => (
      <HistoryRow line={line} {...place} />
    ))}
  </>
);
