import { attributeText } from "./attribute-text.ts";
import { CountStrip } from "./count-strip.tsx";
import type { FleetCounts } from "./fleet-counts.ts";
import { listPath } from "./list-path.ts";
import { Nav } from "./nav.tsx";
import type { PageName } from "./page-name.ts";
import { shortenMiddle } from "./shorten.ts";
import type { ViewContext } from "./view-context.ts";

type Props = {
  readonly context: ViewContext;
  readonly counts: FleetCounts;
  readonly filter: string;
  readonly page: PageName;
};

/** The script offers what may stand there. */
const COMBOBOX = {
  ...{ role: "combobox", "aria-expanded": "false", "aria-controls": "filter-options", "aria-autocomplete": "list" },
};

const FilterBox = ({ context, filter, page }: Omit<Props, "counts">) => (
  <search class="filter">
    <form action={`${context.basePath}${listPath(page)}`} method="get">
      <input
        type="search"
        name="filter"
        id="filter"
        value={attributeText(filter)}
        placeholder="Filter: name, state:fatal, host:web*"
        aria-label="Filter processes"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        {...COMBOBOX}
      />
      <div id="filter-options" class="filter-options" role="listbox" aria-label="Completions" hidden></div>
      <output class="matches" for="filter" id="match-count"></output>
    </form>
  </search>
);

const Logout = ({ context }: { context: ViewContext }) =>
  context.user === null ? null : (
    <form method="post" action={`${context.basePath}/api/logout`} data-logout="">
      <button
        type="submit"
        class="icon logout"
        aria-label={attributeText(`Log out ${shortenMiddle(context.user, 40)}`)}
        title={attributeText(`Log out ${shortenMiddle(context.user, 40)}`)}
      ></button>
    </form>
  );

const OpenLock = () => (
  <span
    class="icon open-lock"
    role="img"
    title="Open to all: no login, on an address that others can reach"
    aria-label="Open to all: no login, on an address that others can reach"
  ></span>
);

export const Bar = ({ context, counts, filter, page }: Props) => (
  <header class="bar">
    <p class="brand" title={attributeText(context.fleetName)}>
      <a href={`${context.basePath}/`} safe>
        {shortenMiddle(context.fleetName, 40)}
      </a>
    </p>
    <Nav basePath={context.basePath} page={page} admin={context.admin === true} />
    <FilterBox context={context} filter={filter} page={page} />
    <CountStrip counts={counts} basePath={context.basePath} page={page} />
    <p class="live" id="live">
      <span class="live-dot"></span>
      <span id="live-text">Connecting</span>
    </p>
    <div class="bar-end">
      {context.openToAll ? <OpenLock /> : null}
      <button type="button" id="bell" class="icon bell" popovertarget="notices" aria-label="Notifications">
        <span id="bell-count"></span>
      </button>
      <button
        type="button"
        id="open-palette"
        class="icon palette-icon"
        aria-label="Go to, or do (Ctrl K)"
        title="Go to, or do (Ctrl K)"
      ></button>
      <button type="button" id="open-help" class="icon help-icon" aria-label="Keys (?)" title="Keys (?)"></button>
      <button
        type="button"
        class="icon theme"
        data-theme-switch=""
        aria-label="Colours: as the system"
        title="Colours: as the system"
      ></button>
      <Logout context={context} />
    </div>
  </header>
);
