import type { Page } from "playwright-core";

/** What the browser has against installing the page that it shows as an app: names of its own, none where it may be. */
export async function installabilityErrors(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors: errors } = await session.send("Page.getInstallabilityErrors");
  await session.detach();
  return errors.map(({ errorId }) => errorId);
}
