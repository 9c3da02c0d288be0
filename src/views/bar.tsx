import { attributeText } from "./attribute-text.ts";
import { CountStrip } from "./count-strip.tsx";
import type { FleetCounts } from "./fleet-counts.ts";
import { boxPath } from "./list-path.ts";
import { Nav } from "./nav.tsx";
import type { PageName } from "./page-name.ts";
import { shortenMiddle } from "./shorten.ts";
import { barTexts as texts } from "./texts/bar.ts";
import type { ViewContext } from "./view-context.ts";

type Props = {
  readonly context: ViewContext;
  readonly counts: FleetCounts;
  readonly filter: string;
  readonly page: PageName;
  /** which list a filter is for */
  readonly list: PageName;
};

/** The script offers what may stand there. */
const COMBOBOX = {
  ...{ role: "combobox", "aria-expanded": "false", "aria-controls": "filter-options", "aria-autocomplete": "list" },
};

const FilterBox = ({ context, filter, list }: Omit<Props, "counts" | "page">) => (
  <search class="filter">
    <form action={`${context.basePath}${boxPath(list)}`} method="get">
      <input
        type="search"
        name="filter"
        id="filter"
        value={attributeText(filter)}
        placeholder={list === "supervisors" ? texts.filterSupervisors : texts.filter}
        aria-label={list === "supervisors" ? texts.filterSupervisorsLabel : texts.filterLabel}
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        {...COMBOBOX}
      />
      <div id="filter-options" class="filter-options" role="listbox" aria-label={texts.completions} hidden></div>
      <output class="matches" for="filter" id="match-count"></output>
    </form>
  </search>
);

const Logout = ({ context }: { context: ViewContext }) =>
  context.user === null ? null : (
    <form class="user" method="post" action={`${context.basePath}/api/logout`} data-logout="">
      <span class="user-name" title={attributeText(shortenMiddle(context.user, 80))} safe>
        {shortenMiddle(context.user, 40)}
      </span>
      <button
        type="submit"
        class="icon logout"
        aria-label={attributeText(texts.logOut(shortenMiddle(context.user, 40)))}
        title={attributeText(texts.logOut(shortenMiddle(context.user, 40)))}
      ></button>
    </form>
  );

const OpenLock = () => (
  <span class="icon open-lock" role="img" title={texts.openToAll} aria-label={texts.openToAll}></span>
);

export const Bar = ({ context, counts, filter, page, list }: Props) => (
  <header class="bar">
    <p class="brand" title={attributeText(context.fleetName)}>
      <a href={`${context.basePath}/`} safe>
        {shortenMiddle(context.fleetName, 120)}
      </a>
    </p>
    <Nav basePath={context.basePath} page={page} admin={context.admin === true} />
    <FilterBox context={context} filter={filter} list={list} />
    <CountStrip counts={counts} basePath={context.basePath} page={list} />
    <p class="live" id="live" title={texts.streamTitle}>
      <span class="live-dot"></span>
      <span id="live-text">{texts.stream.connecting}</span>
    </p>
    <div class="bar-end">
      {context.openToAll ? <OpenLock /> : null}
      <button type="button" id="bell" class="icon bell" popovertarget="notices" aria-label={texts.notifications}>
        <span id="bell-count"></span>
      </button>
      <button
        type="button"
        id="open-palette"
        class="icon palette-icon"
        aria-label={texts.palette}
        title={texts.palette}
      ></button>
      <button type="button" id="open-help" class="icon help-icon" aria-label={texts.keys} title={texts.keys}></button>
      <button
        type="button"
        class="icon theme"
        data-theme-switch=""
        aria-label={texts.themes.system}
        title={texts.themes.system}
      ></button>
      <Logout context={context} />
    </div>
  </header>
);
