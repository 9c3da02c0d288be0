import { matchesFilter, parseFilter } from "../domain/filter.ts";
import type { Supervisor } from "../domain/supervisor.ts";
import { EmptyState } from "./empty-state.tsx";
import { framedPage, type PageInput } from "./frame.tsx";
import { NoMatch } from "./no-match.tsx";
import { SortHeads } from "./sort-heads.tsx";
import { SupervisorRow } from "./supervisor-parts.tsx";
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

export type SupervisorsPage = PageInput & {
  /** of the url, as typed */
  readonly filter: string;
  /** in the order of `sort` */
  readonly rows: readonly Supervisor[];
  readonly sumsOf: (supervisor: Supervisor) => SupervisorSums;
  readonly sort: { readonly column: SupervisorColumn; readonly descending: boolean };
};

export function supervisorsPage({ filter, rows, sort, sumsOf, ...input }: SupervisorsPage): string {
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
              {rows.map((supervisor) => (
                <SupervisorRow
                  supervisor={supervisor}
                  sums={sumsOf(supervisor)}
                  nowMs={nowMs}
                  basePath={basePath}
                  hidden={!isShown(supervisor)}
                />
              ))}
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
