/**
 * Pictures of a running hub for the documentation: `bun run screenshots http://localhost:22000 [folder [page…]]`. Wants a fleet
 * with something to see (the demo). LOGIN=name:password where it asks for one: of an admin, for the page of the audit and the
 * login itself. Needs Chromium; CHROMIUM names it where it is not /usr/bin/chromium.
 */
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const [url = "http://localhost:22000", folder = join(import.meta.dir, "..", "docs", "images"), ...only] =
  process.argv.slice(2);

const [username = "", password = ""] = (process.env.LOGIN ?? "").split(":");
const headers: Record<string, string> =
  username === "" ? {} : { authorization: `Basic ${btoa(`${username}:${password}`)}` };

const SIZES = [
  { width: 1440, height: 900, touch: false },
  { width: 820, height: 1180, touch: true },
  { width: 390, height: 844, touch: true },
] as const;

type Size = (typeof SIZES)[number];
type Scheme = "light" | "dark";

type Shown = { uid: string; statename: string; is_agent?: boolean };

async function processes(): Promise<Shown[]> {
  const { supervisors } = await (await fetch(`${url}/api/data`, { headers })).json();
  return Object.values<{ processes: Record<string, Shown> }>(supervisors).flatMap((s) => Object.values(s.processes));
}

/** Each page's name and path; of single ones those with something to tell. */
async function pages(): Promise<(readonly [name: string, path: string])[]> {
  const all = await processes();
  const failed = (all.find(({ statename }) => statename === "FATAL") ?? all[0])?.uid ?? "";
  const running = all.filter(({ statename, is_agent }) => statename === "RUNNING" && !is_agent).map(({ uid }) => uid);
  const together = new URLSearchParams(running.slice(0, 4).map((uid) => ["uid", uid]));
  const asksLogin = username !== "";
  return [
    ["groups", "/"],
    ["processes", "/processes"],
    ["supervisors", "/supervisors"],
    ["history", "/history"],
    ["process", `/process/${encodeURIComponent(failed)}`],
    ["log", `/process/${encodeURIComponent(running[0] ?? "")}/log`],
    ["logs", `/log?${together}`],
    ["supervisor", `/supervisor/${encodeURIComponent(failed.split(":")[0] ?? "")}`],
    ...(asksLogin
      ? ([
          ["audit", "/audit"],
          ["login", "/login"],
        ] as const)
      : []),
  ];
}

async function picture(browser: Browser, [name, path]: readonly [string, string], size: Size, colorScheme: Scheme) {
  const context = await browser.newContext({
    viewport: { width: size.width, height: size.height },
    hasTouch: size.touch,
    isMobile: size.touch,
    colorScheme,
    locale: "en",
    extraHTTPHeaders: name === "login" ? {} : headers,
  });
  const page = await context.newPage();
  await page.goto(url + path);
  if (name !== "login") await page.locator("html[data-stream=live]").waitFor({ state: "attached", timeout: 15_000 });
  const evidence = page.locator("#happened summary").first();
  if (name === "process" && (await evidence.count()) > 0) await evidence.click();
  if (["process", "log", "logs"].includes(name))
    await page.locator(".log-chunk:not(:empty), .log-note").first().waitFor({ timeout: 15_000 });
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
  for (const one of (await pages()).filter(([name]) => only.length === 0 || only.includes(name)))
    for (const size of SIZES)
      for (const scheme of ["light", "dark"] as const) await picture(browser, one, size, scheme);
} finally {
  await browser.close();
}
