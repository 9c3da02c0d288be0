import { attributeText } from "./attribute-text.ts";
import type { FleetCounts } from "./fleet-counts.ts";
import { filtersHere, listPath } from "./list-path.ts";
import type { PageName } from "./page-name.ts";
import type { Look } from "./process-look.ts";

/** What a count is called, and the filter that shows just these. */
const COUNTS: readonly { look: Look; word: string; filter: string }[] = [
  { look: "running", word: "running", filter: "state:running" },
  { look: "bad", word: "fatal or exited unexpectedly", filter: "state:trouble" },
  { look: "backoff", word: "in backoff", filter: "state:trouble" },
  { look: "moving", word: "starting or stopping", filter: "state:st -state:stopped" },
  { look: "stopped", word: "stopped", filter: "-state:running -state:trouble -state:unknown" },
  { look: "unknown", word: "unknown", filter: "state:unknown" },
];

/** Beside the hosts; their names are a hover away. */
const OpenHosts = ({ words }: { words: string }) => (
  <span class="shape open-lock" role="img" title={attributeText(words)} aria-label={attributeText(words)}></span>
);

/** Every count keeps its place, also at zero: nothing moves when a value changes. */
export const CountStrip = ({ counts, basePath, page }: { counts: FleetCounts; basePath: string; page: PageName }) => (
  <div id="counts" class="counts">
    {COUNTS.map(({ look, word, filter }) => (
      <a
        class="count"
        href={`${basePath}${listPath(page)}?filter=${encodeURIComponent(filter)}`}
        {...(filtersHere(page) ? { "data-filter": filter } : {})}
        title={`${counts.byLook[look]} ${word}`}
        aria-label={`${counts.byLook[look]} ${word}`}
        {...(counts.byLook[look] === 0 ? { "data-none": "" } : {})}
      >
        <span class={`shape ${look}`}></span>
        <span safe>{String(counts.byLook[look])}</span>
      </a>
    ))}
    <a
      class="hosts"
      href={`${basePath}/supervisors`}
      title={`${counts.hostsLive} of ${counts.hosts} supervisors are reached`}
      {...(counts.hostsLive < counts.hosts ? { "data-some-down": "" } : {})}
    >
      <b safe>{`${counts.hostsLive}`}</b>
      <span safe>{`/${counts.hosts} ${counts.hosts === 1 ? "host" : "hosts"}`}</span>
      {counts.openHosts === null ? null : <OpenHosts words={counts.openHosts} />}
    </a>
  </div>
);
