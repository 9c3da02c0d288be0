import { matchesFilter, parseFilter } from "../domain/filter.ts";
import type { Supervisor } from "../domain/supervisor.ts";
import { EmptyState } from "./empty-state.tsx";
import { framedPage, type PageInput } from "./frame.tsx";
import type { TallyOf } from "./host-tally.ts";
import { NoMatch } from "./no-match.tsx";
import { SortHeads } from "./sort-heads.tsx";
import { supervisorRow } from "./supervisor-row-text.tsx";
import { supervisorSubject } from "./supervisor-subject.ts";
import type { SupervisorSums } from "./supervisor-sums.ts";
import { emptyTexts } from "./texts/empty.ts";
import { fleetTexts } from "./texts/fleet.ts";
import { supervisorTexts as texts } from "./texts/supervisor.ts";

export const SUPERVISOR_COLUMNS = [
  "name",
  "link",
  "since",
  "trouble",
  "cpu",
  "memory",
  "restarts",
  "version",
  "pid",
  "skew",
] as const;
export type SupervisorColumn = (typeof SUPERVISOR_COLUMNS)[number];

/** What rows show of all processes of a supervisor. */
export type Summed = {
  readonly tallyOf: TallyOf;
  readonly sumsOf: (supervisor: Supervisor) => SupervisorSums;
};

export type SupervisorsPage = PageInput &
  Summed & {
    /** of the url, as typed */
    readonly filter: string;
    /** in the order of `sort` */
    readonly rows: readonly Supervisor[];
    readonly sort: { readonly column: SupervisorColumn; readonly descending: boolean };
  };

export function supervisorsPage({ filter, rows, sort, tallyOf, sumsOf, ...input }: SupervisorsPage): string {
  const { context, nowMs } = input;
  const { basePath } = context;
  const parsed = parseFilter(filter);
  const isShown = ({ name, link }: Supervisor) => matchesFilter(parsed, supervisorSubject(name, link.status));
  return framedPage({
    ...input,
    filter,
    title: `${texts.title}, ${context.fleetName}`,
    page: "supervisors",
    stream: "/live/supervisors",
    skip: { to: rows.length === 0 ? "empty" : "rows", words: texts.skip },
    children: (
      <>
        <h1 class="sr">{texts.title}</h1>
        {rows.length === 0 ? (
          <EmptyState supervisors={input.supervisors} />
        ) : (
          <table id="rows" class="table supervisors" tabindex="-1">
            <thead>
              <tr>
                <td></td>
                <SortHeads
                  columns={SUPERVISOR_COLUMNS.map((key) => ({ key, word: fleetTexts.supervisorColumns[key] }))}
                  sort={sort}
                  url={(text) =>
                    `${basePath}/supervisors?${new URLSearchParams({ ...(filter === "" ? {} : { filter }), sort: text })}`
                  }
                />
                <td></td>
              </tr>
            </thead>
            <tbody>
              {rows.map(
                (supervisor) =>
                  supervisorRow({
                    ...{ supervisor, counts: tallyOf(supervisor).byLook, sums: sumsOf(supervisor) },
                    ...{ nowMs, basePath, hidden: !isShown(supervisor) },
                  }) as "safe",
              )}
            </tbody>
          </table>
        )}
        <NoMatch
          filter={filter}
          all={`${basePath}/supervisors`}
          hidden={rows.length === 0 || rows.some(isShown)}
          title={emptyTexts.noSupervisorMatches}
        />
      </>
    ),
  });
}
