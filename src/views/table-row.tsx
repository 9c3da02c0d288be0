import { formatAge } from "./age.ts";
import { AgeText } from "./age-text.tsx";
import { attributeText } from "./attribute-text.ts";
import { rowId } from "./dom-id.ts";
import { html } from "./html.ts";
import { LongName } from "./long-name.tsx";
import { isStale, lookOf, offeredActions, type PlacedProcess } from "./process-look.ts";
import { countsInPill, rowData, StatePill } from "./process-row.tsx";
import { countsSince, stateWords } from "./process-words.ts";
import { countText, cpuText, figuresCode, memoryText, type RowFigures } from "./row-figures.ts";
import { shortenMiddle } from "./shorten.ts";
import { fleetTexts } from "./texts/fleet.ts";
import { stateTexts as texts } from "./texts/states.ts";
import { processUrl } from "./urls.ts";

/** Characters of a name that fit in its column on every screen where there are columns. */
const ROOM = 14;

/** Ten thousand of these are on a page: no attribute that the browser can do without, titles come when asked for. */
const Row = ({ placed, sinceMs, basePath }: { placed: PlacedProcess; sinceMs: number | null; basePath: string }) => {
  const { process, supervisor } = placed;
  const age = <AgeText sinceMs={sinceMs} nowMs={sinceMs ?? 0} bare />;
  return (
    <tr class="row" id={rowId(process.uid)} {...rowData(placed)}>
      <td class="pick">
        <input type="checkbox" aria-label={attributeText(texts.select(shortenMiddle(process.name, 60)))} />
      </td>
      <td class="look">
        <span class={`shape ${lookOf(placed)}`} role="img" aria-label={stateWords(placed)}></span>
      </td>
      <th class="who" scope="row">
        <a class="name" href={processUrl(basePath, process.uid)}>
          <LongName text={process.name} room={ROOM} />
        </a>
        {process.isAgent ? <span class="tag">{texts.agent}</span> : null}
      </th>
      <td class="of" safe>
        {shortenMiddle(process.group, 60)}
      </td>
      <td class="on" safe>
        {shortenMiddle(process.supervisor, 60)}
      </td>
      <td class="state">
        {lookOf(placed) === "running" ? (
          <span class="status"></span>
        ) : (
          <StatePill placed={placed} nowMs={sinceMs ?? 0} />
        )}
      </td>
      <td class="pid" safe>
        {process.pid === null || isStale(supervisor) ? "" : String(process.pid)}
      </td>
      <td class="for">{countsInPill(placed) ? "" : age}</td>
      <td class="acts">
        <a class="act" data-act="log" href={`${processUrl(basePath, process.uid)}/log`}>
          {fleetTexts.log}
        </a>
        {offeredActions(placed).map((action) => (
          <button type="button" class="act" data-act={action} aria-label={texts.actions[action]}></button>
        ))}
        <button type="button" class="act more" data-act="more" aria-label={texts.more}></button>
      </td>
    </tr>
  );
};

/** The row as text around its age, which is another one each second, and its figures. */
type Cut = {
  readonly key: string;
  readonly head: string;
  readonly mid: string;
  readonly tail: string;
  /** offered actions, for the browser that makes the buttons itself */
  readonly acts: string;
  readonly sinceMs: number | null;
};

const AGE = ">0 s</time>";
const ACTS = '<td class="acts">';

function cut(placed: PlacedProcess, key: string, basePath: string): Cut {
  const sinceMs = countsSince(placed);
  const text = html(<Row placed={placed} sinceMs={sinceMs} basePath={basePath} />);
  const at = text.indexOf(AGE) + 1;
  const acts = text.lastIndexOf(ACTS);
  const tail = text.slice(acts);
  const offered = offeredActions(placed).join(" ");
  if (at === 0) return { key, head: text.slice(0, acts), mid: "", tail, acts: offered, sinceMs: null };
  return {
    key,
    head: text.slice(0, at),
    mid: text.slice(at + AGE.length - "</time>".length - 1, acts),
    tail,
    acts: offered,
    sinceMs,
  };
}

/** The strip is drawn by the browser, where it is looked at; numbers and units alone come into these. */
const cells = ({ cpu, rssKib, restarts }: RowFigures): string =>
  `<td class="cpu">${cpuText(cpu)}</td><td class="mem">${memoryText(rssKib)}</td><td class="re">${countText(restarts)}</td><td class="past"></td>`;

const rendered = new WeakMap<object, Cut>();

/** All that the row shows of the supervisor. */
const keyOf = ({ supervisor }: PlacedProcess): string =>
  supervisor.link.status === "live" ? `${supervisor.clockOffsetMs ?? 0}` : `${supervisor.link.sinceMs} stale`;

/**
 * A row of the table of processes; made once for each change of the process, however many pages and streams want it.
 * @param how `hidden`: left out by the filter of the url; the browser hides and shows from then on. `bare`: the browser
 * makes the cells of its figures and its buttons when the row is looked at
 */
export function tableRow(
  placed: PlacedProcess,
  figures: RowFigures,
  nowMs: number,
  basePath: string,
  how: { readonly hidden?: boolean; readonly bare?: boolean } = {},
): string {
  const key = keyOf(placed);
  let known = rendered.get(placed.process);
  if (known?.key !== key) {
    known = cut(placed, key, basePath);
    rendered.set(placed.process, known);
  }
  const acts = how.bare ? ` data-acts="${known.acts}"` : "";
  const head = `<tr${how.hidden ? " data-c-hide" : ""}${acts} data-f="${figuresCode(figures)}"${known.head.slice("<tr".length)}`;
  const age = known.sinceMs === null ? "" : formatAge(nowMs - known.sinceMs);
  return head + age + known.mid + (how.bare ? "</tr>" : cells(figures) + known.tail);
}
