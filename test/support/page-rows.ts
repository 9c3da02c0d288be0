import type { Locator, Page } from "playwright-core";

/** The row of a process on any page: whatever element carries its uid. */
export const rowOf = (page: Page, uid: string): Locator => page.locator(`[data-uid="${uid}"]`).first();

export async function rowText(page: Page, uid: string): Promise<string> {
  const row = rowOf(page, uid);
  return (await row.count()) === 0 ? "" : await row.innerText();
}
