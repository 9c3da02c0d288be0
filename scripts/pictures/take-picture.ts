import { type Browser, chromium } from "playwright-core";
import { type Hub, headersOf, type PictureOf } from "./pages.ts";

export const SIZES = [
  { width: 1440, height: 900, touch: false },
  { width: 820, height: 1180, touch: true },
  { width: 390, height: 844, touch: true },
] as const;

export type Look = { readonly size: (typeof SIZES)[number]; readonly scheme: "light" | "dark" };

const WAIT_MS = 15_000;
const ARGS = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  ...["--disable-component-update", "--disable-sync"],
];

/** CHROMIUM names it where it is not /usr/bin/chromium. */
export const openChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGS });

export async function takePicture(browser: Browser, hub: Hub, of: PictureOf, { size, scheme }: Look, file: string) {
  const context = await browser.newContext({
    viewport: { width: size.width, height: size.height },
    hasTouch: size.touch,
    isMobile: size.touch,
    colorScheme: scheme,
    locale: "en",
    extraHTTPHeaders: of.stranger ? {} : headersOf(hub),
  });
  const page = await context.newPage();
  await page.goto(hub.url + of.path);
  if (!of.still) await page.locator("html[data-stream=live]").waitFor({ state: "attached", timeout: WAIT_MS });
  const closed = page.locator(of.opens ?? "#none").first();
  if ((await closed.count()) > 0) await closed.click();
  if (of.shows !== undefined) await page.locator(of.shows).first().waitFor({ timeout: WAIT_MS });
  await page.evaluate("scrollTo(0, 0)");
  await page.screenshot({ path: file, animations: "disabled" });
  await context.close();
}
