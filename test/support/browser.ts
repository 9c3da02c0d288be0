import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import type { TestPlace } from "./test-place.ts";

export type WatchedPage = {
  readonly page: Page;
  /** console errors, uncaught exceptions, CSP violations */
  readonly problems: string[];
  /** every address that was asked for */
  readonly requests: string[];
  readonly close: () => Promise<void>;
};

const ARGS = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  ...["--disable-component-update", "--disable-sync"],
];

const visited = new WeakMap<TestPlace, Promise<Browser>>();

/** A page as others have it: logged in (`extraHTTPHeaders`), without scripts, with a finger. */
export async function openVisitor(place: TestPlace, options: BrowserContextOptions): Promise<Page> {
  const env = place.env as Record<string, string>;
  const launch = () => chromium.launch({ executablePath: "/usr/bin/chromium", headless: true, args: ARGS, env });
  const browser = visited.get(place) ?? launch();
  if (!visited.has(place)) place.defer(async () => (await browser).close());
  visited.set(place, browser);
  return (await (await browser).newContext(options)).newPage();
}

/** A fresh browser with a profile of its own, that notes everything that should not be. */
export async function openBrowser(place: TestPlace, name = "browser"): Promise<WatchedPage> {
  const context = await chromium.launchPersistentContext(place.path(`${name}-profile`), {
    ...{ executablePath: "/usr/bin/chromium", headless: true, args: ARGS, env: place.env as Record<string, string> },
    viewport: { width: 1_440, height: 900 },
  });
  place.defer(() => context.close());
  const problems: string[] = [];
  const requests: string[] = [];
  const page = context.pages()[0] ?? (await context.newPage());
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("request", (request) => requests.push(request.url()));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (e) =>
      console.error(`CSP: ${e.violatedDirective} ${e.blockedURI}`),
    );
  });
  return { page, problems, requests, close: () => context.close() };
}

/** Goes there, and waits until the page is live. */
export async function openLive(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.locator("html[data-stream=live]").waitFor({ state: "attached", timeout: 10_000 });
}
