import { parseFilter } from "../domain/filter.ts";
import { actOnFilterUrl } from "./act-subject.ts";
import { AttentionStrip } from "./attention-strip.tsx";
import { EmptyState } from "./empty-state.tsx";
import type { AttentionItem } from "./fleet-attention.ts";
import { framedPage, type PageInput } from "./frame.tsx";
import { NoMatch } from "./no-match.tsx";
import type { PlacedProcess } from "./process-look.ts";
import { SORT_COLUMNS, type Sort } from "./process-sort.ts";
import type { RowFigures } from "./row-figures.ts";
import { SortHeads } from "./sort-heads.tsx";
import { isWhole, type TablePart, tablePart } from "./table-part.ts";
import { tableRow } from "./table-row.tsx";
import { actPageTexts } from "./texts/act-page.ts";
import { barTexts } from "./texts/bar.ts";
import { fleetTexts } from "./texts/fleet.ts";

export type ProcessesPage = PageInput & {
  /** of the url, as typed */
  readonly filter: string;
  readonly sort: Sort;
  /** in the order of `sort` */
  readonly rows: readonly PlacedProcess[];
  /** of the fleet that `rows` show; the stream goes on from there */
  readonly version: string;
  readonly figures: (placed: PlacedProcess) => RowFigures;
  readonly attention: readonly AttentionItem[];
};

/** So many rows come with all of their cells; of the rest the browser makes some when they are looked at. */
const WHOLE = 500;

/** Rows that are laid out, or passed over, together. */
export const CHUNK = 50;

function chunks(rows: readonly string[]): JSX.Element {
  let text = "";
  for (let i = 0; i < rows.length; i += CHUNK)
    text += `<tbody class="chunk">${rows.slice(i, i + CHUNK).join("")}</tbody>`;
  return text;
}

/** The browser's script sees by it that there is more than its rows. */
const partData = (part: TablePart): Record<string, string> =>
  isWhole(part) ? {} : { "data-part": String(part.matches), "data-total": String(part.total) };

const Part = ({ part }: { part: TablePart }) => {
  const { rows, matches, total } = part;
  return (
    <p id="part" class="part" hidden={isWhole(part) || rows.length === matches} safe>
      {fleetTexts.partOfTable(rows.length, matches, total)}
    </p>
  );
};

/** What the selection offers to scripts. */
const ActOnMatches = ({ filter, matches, basePath }: { filter: string; matches: number; basePath: string }) => (
  <noscript>
    <p class="part">
      <a class="worded acting" href={actOnFilterUrl(basePath, filter)} safe>
        {actPageTexts.matches(matches)}
      </a>
    </p>
  </noscript>
);

export function processesPage({ filter, sort, rows, version, figures, attention, ...input }: ProcessesPage): string {
  const { context, supervisors, nowMs } = input;
  const { basePath } = context;
  const parsed = parseFilter(filter);
  const part = tablePart(rows, parsed);
  const rowTexts = part.rows.map((placed, i) =>
    tableRow(placed, figures(placed), nowMs, basePath, { hidden: part.isHidden(placed), bare: i >= WHOLE }),
  );
  return framedPage({
    ...input,
    filter,
    title: `${barTexts.pages.processes}, ${context.fleetName}`,
    page: "processes",
    stream: `/live/processes?since=${encodeURIComponent(version)}`,
    skip: { to: rows.length === 0 ? "empty" : "rows", words: fleetTexts.skipToProcesses },
    children: (
      <>
        <h1 class="sr">{barTexts.pages.processes}</h1>
        <AttentionStrip items={attention} nowMs={nowMs} basePath={basePath} page="processes" />
        {rows.length === 0 ? (
          <EmptyState supervisors={supervisors} />
        ) : (
          <>
            <Part part={part} />
            {parsed.length === 0 || part.matches === 0 ? null : (
              <ActOnMatches filter={filter} matches={part.matches} basePath={basePath} />
            )}
            <table id="rows" class="table processes" tabindex="-1" aria-rowcount={part.matches} {...partData(part)}>
              <thead>
                <tr>
                  <td class="pick">
                    <input type="checkbox" autocomplete="off" data-pick-all="" aria-label={fleetTexts.selectAll} />
                  </td>
                  <td></td>
                  <SortHeads
                    columns={SORT_COLUMNS.map((key) => ({ key, word: fleetTexts.processColumns[key] }))}
                    sort={sort}
                    url={(text) =>
                      `${basePath}/processes?${new URLSearchParams({ ...(filter === "" ? {} : { filter }), sort: text })}`
                    }
                  />
                  <th scope="col" class="by-past">
                    {fleetTexts.day}
                  </th>
                  <td></td>
                </tr>
              </thead>
              {chunks(rowTexts)}
            </table>
          </>
        )}
        <NoMatch filter={filter} all={`${basePath}/processes`} hidden={part.matches > 0 || rows.length === 0} />
      </>
    ),
  });
}
