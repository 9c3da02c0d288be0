import { attributeText } from "./attribute-text.ts";
import type { FleetCounts } from "./fleet-counts.ts";
import { filtersHere, listPath } from "./list-path.ts";
import type { PageName } from "./page-name.ts";
import type { Look } from "./process-look.ts";
import { barTexts as texts } from "./texts/bar.ts";
import { numberText } from "./texts/number-text.ts";

/** A count, and the filter that shows just these: as many as it says. */
export const COUNTS: readonly { readonly look: Look; readonly filter: string }[] = [
  { look: "running", filter: "state:running" },
  { look: "bad", filter: "state:fatal,exited state:trouble" },
  { look: "backoff", filter: "state:backoff,starting state:trouble" },
  { look: "moving", filter: "state:starting,stopping -state:trouble" },
  { look: "stopped", filter: "state:stopped,exited -state:trouble" },
  { look: "unknown", filter: "state:unknown" },
];

/** Beside the hosts; their names are a hover away. */
const OpenHosts = ({ words }: { words: string }) => (
  <span class="shape open-lock" role="img" title={attributeText(words)} aria-label={attributeText(words)}></span>
);

type Props = { readonly counts: FleetCounts; readonly basePath: string; readonly page: PageName };

const NOT_LIVE = "-state:live";

/** All groups; and the hosts that are not reached, or all where all are. */
const Places = ({ counts, basePath, page }: Props) => {
  const someDown = counts.hostsLive < counts.hosts;
  return (
    <>
      <a
        class="hosts groups-count"
        href={`${basePath}/`}
        title={texts.groupsTitle(counts.groups)}
        {...(page === "groups" ? { "data-filter": "" } : {})}
      >
        <b safe>{numberText(counts.groups)}</b> <span>{texts.groups(counts.groups)}</span>
      </a>
      <a
        class="hosts"
        href={`${basePath}/supervisors${someDown ? `?filter=${encodeURIComponent(NOT_LIVE)}` : ""}`}
        title={texts.hostsTitle(counts.hostsLive, counts.hosts)}
        {...(page === "supervisors" ? { "data-filter": someDown ? NOT_LIVE : "" } : {})}
        {...(someDown ? { "data-some-down": "" } : {})}
      >
        <b safe>{numberText(counts.hostsLive)}</b>
        <span safe>{`/${numberText(counts.hosts)}`}</span>
        <span class="hosts-word" safe>{` ${texts.hosts(counts.hosts)}`}</span>
        {counts.openHosts === null ? null : <OpenHosts words={counts.openHosts} />}
      </a>
    </>
  );
};

/** Numbers of five digits leave a phone no room for words. */
const MANY = 10_000;

const isMany = ({ byLook }: FleetCounts): boolean => Object.values(byLook).reduce((sum, n) => sum + n, 0) >= MANY;

/** Every count keeps its place, also at zero: nothing moves when a value changes. */
export const CountStrip = ({ counts, basePath, page }: Props) => (
  <div id="counts" class="counts" {...(isMany(counts) ? { "data-many": "" } : {})}>
    {COUNTS.map(({ look, filter }) => {
      const words = texts.counted(counts.byLook[look], texts.counts[look]);
      return (
        <a
          class="count"
          href={`${basePath}${listPath(page)}?filter=${encodeURIComponent(filter)}`}
          {...(filtersHere(page) ? { "data-filter": filter } : {})}
          title={words}
          aria-label={words}
          {...(counts.byLook[look] === 0 ? { "data-none": "" } : {})}
        >
          <span class={`shape ${look}`}></span>
          <span safe>{numberText(counts.byLook[look])}</span>
        </a>
      );
    })}
    <Places counts={counts} basePath={basePath} page={page} />
  </div>
);
