import { attributeText } from "./attribute-text.ts";
import { Bar } from "./bar.tsx";
import type { FleetCounts } from "./fleet-counts.ts";
import type { Supervisors } from "./fleet-groups.ts";
import { HistoryBanner } from "./history-banner.tsx";
import { hostClocks } from "./host-clocks.ts";
import { Overlays } from "./overlays.tsx";
import type { PageName } from "./page-name.ts";
import { page as document } from "./shell.tsx";
import { barTexts as texts } from "./texts/bar.ts";
import type { AssetUrls, ViewContext } from "./view-context.ts";

/** What every page of the fleet is made with. */
export type PageInput = {
  readonly context: ViewContext;
  readonly assets: AssetUrls;
  readonly supervisors: Supervisors;
  readonly counts: FleetCounts;
  /** epoch milliseconds, hub's clock */
  readonly nowMs: number;
};

type Props = PageInput & {
  readonly page: PageName;
  /** which list a filter is for, where it is not the page's own */
  readonly list?: PageName;
  readonly title: string;
  /** of the url, as typed */
  readonly filter?: string;
  /** path and query of the page's stream, without the base path */
  readonly stream: string;
  /** id of what the keyboard may go to at once, and what it is */
  readonly skip: { readonly to: string; readonly words: string };
  readonly children: JSX.Element;
};

/** The browser connects when it is looked at (`mv:connect`), so that tabs in the background hold no connection. */
const Stream = ({ url }: { url: string }) => (
  <div
    id="stream"
    hidden
    {...{ "hx-sse:connect": attributeText(url), "hx-trigger": "mv:connect", "hx-swap": "none" }}
  ></div>
);

const Banners = () => (
  <>
    <p id="lost" class="banner lost" hidden>
      <span id="lost-words" role="alert"></span>
      <span id="lost-age"></span>
    </p>
    <noscript>
      <p class="banner">{texts.withoutScripts}</p>
    </noscript>
  </>
);

/** Bar, banners, what lies over the page, and its stream: the same around all pages of the fleet. */
export const framedPage = ({
  context,
  assets,
  supervisors,
  counts,
  nowMs,
  page,
  list = page,
  title,
  filter = "",
  children,
  ...props
}: Props) =>
  document({
    context,
    assets,
    title,
    page,
    children: (
      <>
        <a class="skip" href={`#${props.skip.to}`} safe>
          {props.skip.words}
        </a>
        <Bar context={context} counts={counts} filter={filter} page={page} list={list} />
        <main data-now={String(nowMs)} data-clocks={attributeText(JSON.stringify(hostClocks(supervisors)))}>
          <Banners />
          {children}
          <HistoryBanner problem={context.historyProblem} />
        </main>
        <Overlays readOnly={context.readOnly === true} />
        <Stream url={`${context.basePath}${props.stream}`} />
      </>
    ),
  });
