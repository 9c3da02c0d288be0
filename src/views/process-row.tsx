import { ActionButtons } from "./action-buttons.tsx";
import { AgeText } from "./age-text.tsx";
import { attributeText } from "./attribute-text.ts";
import { dayStrip, type StripCode } from "./day-strip.ts";
import { rowId } from "./dom-id.ts";
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
import { stateTexts as texts } from "./texts/states.ts";
import { processUrl } from "./urls.ts";

/** Seconds count while it moves, so the pill holds them and the column beside it stays empty. */
export const countsInPill = ({ process, supervisor }: PlacedProcess): boolean =>
  !isStale(supervisor) && (process.state === "STARTING" || process.state === "STOPPING");

export const StatePill = ({ placed, nowMs }: { placed: PlacedProcess; nowMs: number }) => {
  const look = lookOf(placed);
  const quiet = look === "running";
  return (
    <span class="status" title={attributeText(shortenMiddle(placed.process.spawnerr, 300))}>
      {quiet ? null : (
        <span class={`pill ${look}`}>
          <span safe>{stateWords(placed)}</span>
          {countsInPill(placed) ? <AgeText sinceMs={countsSince(placed)} nowMs={nowMs} /> : null}
        </span>
      )}
    </span>
  );
};

/** How the browser's script knows a row, in a card as in the table. */
export const rowData = (placed: PlacedProcess): Record<string, string> => ({
  "data-uid": attributeText(placed.process.uid),
  "data-state": shownState(placed),
  "data-look": lookOf(placed),
  ...(countsInPill(placed) ? { "data-counts": "" } : {}),
  ...(isTrouble(placed) ? { "data-trouble": "" } : {}),
  ...(isStale(placed.supervisor) ? { "data-stale": "" } : {}),
  ...(placed.process.isAgent ? { "data-agent": "" } : {}),
});

export type RowProps = {
  readonly placed: PlacedProcess;
  readonly nowMs: number;
  readonly basePath: string;
  /** left out by the filter of the url; the browser hides and shows from then on */
  readonly hidden?: boolean;
  /** of the last day; without it: none is shown */
  readonly strip?: StripCode | undefined;
  /** what stands beside the name */
  readonly beside?: "host" | "group";
};

/** Rendered by the page and by its stream alike, so the two cannot disagree. */
export const ProcessRow = ({ placed, nowMs, basePath, hidden = false, strip, beside = "host" }: RowProps) => {
  const { process } = placed;
  const label = shortenMiddle(process.uid, 90);
  return (
    <li class="row" id={rowId(process.uid)} {...rowData(placed)} {...(hidden ? { "data-c-hide": "" } : {})}>
      <label class="pick">
        <input type="checkbox" autocomplete="off" aria-label={attributeText(texts.select(label))} />
      </label>
      <span class={`shape ${lookOf(placed)}`} role="img" aria-label={stateWords(placed)}></span>
      <span class="who" title={attributeText(shortenMiddle(process.uid, 300))}>
        <a class="name" href={processUrl(basePath, process.uid)}>
          <LongName text={process.name} />
        </a>
        {process.isAgent ? <span class="tag">{texts.agent}</span> : null}
        <span class="host" safe>
          {shortenMiddle(beside === "host" ? process.supervisor : process.group, 60)}
        </span>
      </span>
      {strip === undefined || lookOf(placed) !== "running" ? (
        <StatePill placed={placed} nowMs={nowMs} />
      ) : (
        <span class="status">
          <span class="past">{dayStrip(strip) as "safe"}</span>
        </span>
      )}
      {countsInPill(placed) ? <time class="age"></time> : <AgeText sinceMs={countsSince(placed)} nowMs={nowMs} />}
      <span class="acts" title={attributeText(refusalOf(placed) ?? "")}>
        <ActionButtons
          log={`${processUrl(basePath, process.uid)}/log`}
          offered={offeredActions(placed)}
          label={label}
          refusal={refusalOf(placed)}
        />
      </span>
    </li>
  );
};
