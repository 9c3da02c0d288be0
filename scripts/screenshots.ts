/**
 * Pictures of a running hub for the documentation: `bun run screenshots http://localhost:22000 [folder]`. Wants a fleet
 * with something to see (the demo). Needs Chromium; CHROMIUM names it where it is not /usr/bin/chromium.
 */
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const [url = "http://localhost:22000", folder = join(import.meta.dir, "..", "docs", "images")] = process.argv.slice(2);

const SIZES = [
  { width: 1440, height: 900, touch: false },
  { width: 820, height: 1180, touch: true },
  { width: 390, height: 844, touch: true },
] as const;

type Size = (typeof SIZES)[number];
type Scheme = "light" | "dark";

/** The first of the API's processes for which it holds. */
async function find(holds: (process: { statename: string; is_agent?: boolean }) => boolean): Promise<string> {
  const { supervisors } = await (await fetch(`${url}/api/data`)).json();
  type Shown = { uid: string; statename: string; is_agent?: boolean };
  const all = Object.values<{ processes: Record<string, Shown> }>(supervisors).flatMap((s) =>
    Object.values(s.processes),
  );
  return (all.find(holds) ?? all[0])?.uid ?? "";
}

/** Each page's name and path; of single ones those with something to tell. */
async function pages(): Promise<(readonly [name: string, path: string])[]> {
  const failed = await find(({ statename }) => statename === "FATAL");
  const running = await find(({ statename, is_agent }) => statename === "RUNNING" && !is_agent);
  return [
    ["groups", "/"],
    ["processes", "/processes"],
    ["supervisors", "/supervisors"],
    ["history", "/history"],
    ["process", `/process/${encodeURIComponent(failed)}`],
    ["log", `/process/${encodeURIComponent(running)}/log`],
    ["supervisor", `/supervisor/${encodeURIComponent(failed.split(":")[0] ?? "")}`],
  ];
}

async function picture(browser: Browser, [name, path]: readonly [string, string], size: Size, colorScheme: Scheme) {
  const context = await browser.newContext({
    viewport: { width: size.width, height: size.height },
    hasTouch: size.touch,
    isMobile: size.touch,
    colorScheme,
    locale: "en",
  });
  const page = await context.newPage();
  await page.goto(url + path);
  await page.locator("html[data-stream=live]").waitFor({ state: "attached", timeout: 15_000 });
  const evidence = page.locator("#happened summary").first();
  if (name === "process" && (await evidence.count()) > 0) await evidence.click();
  if (name === "process" || name === "log")
    await page.locator(".log-chunk, .log-note").first().waitFor({ timeout: 15_000 });
  const file = join(folder, `${name}-${size.width}-${colorScheme}.png`);
  await page.screenshot({ path: file, animations: "disabled" });
  await context.close();
  console.log(file);
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
  for (const one of await pages())
    for (const size of SIZES)
      for (const scheme of ["light", "dark"] as const) await picture(browser, one, size, scheme);
} finally {
  await browser.close();
}
