/**
 * Pictures of a running hub for the documentation: `bun run screenshots http://localhost:22000 [folder]`. Wants a fleet
 * with something to see (the demo). Needs Chromium; CHROMIUM names it where it is not /usr/bin/chromium.
 */
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const [url = "http://localhost:22000", folder = join(import.meta.dir, "..", "docs", "images")] = process.argv.slice(2);

const SCREENS = [
  { page: "groups", width: 1440, height: 900, touch: false },
  { page: "groups", width: 820, height: 1180, touch: true },
  { page: "groups", width: 390, height: 844, touch: true },
] as const;

async function picture(browser: Browser, screen: (typeof SCREENS)[number], colorScheme: "light" | "dark") {
  const context = await browser.newContext({
    viewport: { width: screen.width, height: screen.height },
    hasTouch: screen.touch,
    isMobile: screen.touch,
    colorScheme,
    locale: "en",
  });
  const page = await context.newPage();
  await page.goto(url);
  await page.locator("html[data-stream=live]").waitFor({ state: "attached", timeout: 15_000 });
  await page.locator(".row").first().waitFor({ timeout: 15_000 });
  const path = join(folder, `${screen.page}-${screen.width}-${colorScheme}.png`);
  await page.screenshot({ path, animations: "disabled" });
  await context.close();
  console.log(path);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
try {
  for (const screen of SCREENS) for (const scheme of ["light", "dark"] as const) await picture(browser, screen, scheme);
} finally {
  await browser.close();
}
