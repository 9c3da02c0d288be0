import type { Supervisor } from "../domain/supervisor.ts";
import { EmptyState } from "./empty-state.tsx";
import { framedPage, type PageInput } from "./frame.tsx";
import { SortHeads } from "./sort-heads.tsx";
import { SupervisorRow } from "./supervisor-parts.tsx";

export const SUPERVISOR_COLUMNS = ["name", "link", "since", "trouble", "kind", "version"] as const;
export type SupervisorColumn = (typeof SUPERVISOR_COLUMNS)[number];

const HEADS: readonly { key: SupervisorColumn; word: string }[] = [
  { key: "name", word: "Supervisor" },
  { key: "link", word: "Link" },
  { key: "since", word: "Since" },
  { key: "trouble", word: "Processes" },
  { key: "kind", word: "Reached by" },
  { key: "version", word: "Version" },
];

export type SupervisorsPage = PageInput & {
  /** in the order of `sort` */
  readonly rows: readonly Supervisor[];
  readonly sort: { readonly column: SupervisorColumn; readonly descending: boolean };
};

export function supervisorsPage({ rows, sort, ...input }: SupervisorsPage): string {
  const { context, nowMs } = input;
  const { basePath } = context;
  return framedPage({
    ...input,
    title: `Supervisors, ${context.fleetName}`,
    page: "supervisors",
    stream: "/live/supervisors",
    skip: { to: "rows", words: "Skip to the supervisors" },
    children: (
      <>
        <h1 class="sr">Supervisors</h1>
        {rows.length === 0 ? (
          <EmptyState supervisors={input.supervisors} />
        ) : (
          <table id="rows" class="table supervisors" tabindex="-1">
            <thead>
              <tr>
                <td></td>
                <SortHeads columns={HEADS} sort={sort} url={(text) => `${basePath}/supervisors?sort=${text}`} />
                <th scope="col" class="by-pid">
                  Pid
                </th>
                <th scope="col" class="by-skew">
                  Clock
                </th>
                <td></td>
              </tr>
            </thead>
            <tbody>
              {rows.map((supervisor) => (
                <SupervisorRow supervisor={supervisor} nowMs={nowMs} basePath={basePath} />
              ))}
            </tbody>
          </table>
        )}
      </>
    ),
  });
}
