import { attributeText } from "./attribute-text.ts";
import { html } from "./html.ts";
import type { PageName } from "./page-name.ts";
import type { AssetUrls, ViewContext } from "./view-context.ts";

/** What the pages' policy allows: no eval, and `data-c-…` is the browser's own and survives every update. */
const HTMX_CONFIG = JSON.stringify({
  history: false,
  includeIndicatorCSS: false,
  extensions: "sse",
  morphIgnore: ["data-htmx-powered", "data-c-", "open", "style"],
  sse: { reconnectDelay: "500ms", reconnectMaxDelay: "3s", connectTimeout: "4s" },
});

type Props = {
  readonly context: ViewContext;
  readonly assets: AssetUrls;
  readonly title: string;
  readonly page: PageName;
  readonly children: JSX.Element;
};

const Document = ({ context, assets, title, page, children }: Props) => (
  <html lang="en" data-base={context.basePath} data-page={page} {...(context.readOnly ? { "data-read-only": "" } : {})}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="htmx-config" content={attributeText(HTMX_CONFIG)} />
      <meta name="theme-color" {...{ media: "(prefers-color-scheme: light)" }} content="#ffffff" />
      <meta name="theme-color" {...{ media: "(prefers-color-scheme: dark)" }} content="#1b1f25" />
      <title safe>{title}</title>
      <script src={assets.theme}></script>
      <link rel="stylesheet" href={assets.style} />
      <link rel="icon" href={assets.icon} type="image/svg+xml" />
      <link rel="apple-touch-icon" href={assets.icon192} />
      <link rel="manifest" crossorigin="use-credentials" href={`${context.basePath}/manifest.webmanifest`} />
      <script src={assets.app} defer></script>
    </head>
    <body>{children}</body>
  </html>
);

/** The whole text of a page. */
export const page = (props: Props): string => `<!doctype html>${html(Document(props))}`;
