import { matchesFilter, parseFilter } from "../domain/filter.ts";
import { attributeText } from "./attribute-text.ts";
import { AttentionStrip } from "./attention-strip.tsx";
import { Bar } from "./bar.tsx";
import { fleetAttention } from "./fleet-attention.ts";
import { fleetCounts } from "./fleet-counts.ts";
import type { Supervisors } from "./fleet-groups.ts";
import { GroupCards } from "./group-cards.tsx";
import { Overlays } from "./overlays.tsx";
import { filterSubject, type PlacedProcess } from "./process-look.ts";
import { page } from "./shell.tsx";
import type { AssetUrls, ViewContext } from "./view-context.ts";

export type GroupsPage = {
  readonly context: ViewContext;
  readonly assets: AssetUrls;
  readonly supervisors: Supervisors;
  /** of the url, as typed */
  readonly filter: string;
  /** epoch milliseconds, hub's clock */
  readonly nowMs: number;
};

/** The browser connects when it is looked at (`mv:connect`), so that tabs in the background hold no connection. */
const Stream = ({ basePath }: { basePath: string }) => (
  <div
    id="stream"
    hidden
    {...{ "hx-sse:connect": `${basePath}/live/groups`, "hx-trigger": "mv:connect", "hx-swap": "none" }}
  ></div>
);

const Banners = ({ historyProblem }: { historyProblem: string | null }) => (
  <>
    <p id="lost" class="banner lost" hidden>
      <span id="lost-words" role="alert"></span>
      <span id="lost-age"></span>
    </p>
    <noscript>
      <p class="banner">
        Without scripts this page does not follow: it shows the moment it was loaded, and no actions.
      </p>
    </noscript>
    {historyProblem === null ? null : (
      <p class="banner warn" role="status" safe>
        {`History is not being written: ${historyProblem}`}
      </p>
    )}
  </>
);

export function groupsPage({ context, assets, supervisors, filter, nowMs }: GroupsPage): string {
  const parsed = parseFilter(filter);
  const isShown = (placed: PlacedProcess) => matchesFilter(parsed, filterSubject(placed));
  const any = [...supervisors.values()].some(({ processes }) => processes.size > 0);
  const matched = [...supervisors.values()].some((supervisor) =>
    [...supervisor.processes.values()].some((process) => isShown({ process, supervisor })),
  );
  return page({
    context,
    assets,
    title: context.fleetName,
    page: "groups",
    children: (
      <>
        <a class="skip" href="#cards">
          Skip to the processes
        </a>
        <Bar context={context} counts={fleetCounts(supervisors)} filter={filter} />
        <main data-now={String(nowMs)}>
          <Banners historyProblem={context.historyProblem} />
          <AttentionStrip items={fleetAttention(supervisors)} nowMs={nowMs} basePath={context.basePath} />
          <div id="cards" class="cards" tabindex="-1">
            <GroupCards supervisors={supervisors} nowMs={nowMs} isShown={isShown} />
          </div>
          <section id="no-match" class="empty" hidden={matched || !any}>
            <h2>No process matches</h2>
            <p>
              Nothing matches{" "}
              <q id="no-match-text" title={attributeText(filter.slice(0, 300))} safe>
                {filter.slice(0, 100)}
              </q>
              .{" "}
              <a href={`${context.basePath}/`} data-filter="">
                Show all
              </a>
            </p>
          </section>
        </main>
        <Overlays />
        <Stream basePath={context.basePath} />
      </>
    ),
  });
}
