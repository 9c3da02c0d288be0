import type { Locator, Page } from "playwright-core";

/** A string of CSS. */
const cssString = (text: string): string =>
  `"${text.replaceAll(/[\x00-\x1f"\\]/g, (char) => `\\${char.charCodeAt(0).toString(16)} `)}"`;

/** The row of a process; lines that speak of it elsewhere on the page have no state. */
export const rowOf = (page: Page, uid: string): Locator =>
  page.locator(`[data-uid=${cssString(uid)}][data-state]`).first();

/** What a person reads: hidden text is no part of it. */
export const visibleText = async (locator: Locator): Promise<string> => (await locator.allInnerTexts()).join("\n");

/** Empty where there is no such row. */
export async function rowText(page: Page, uid: string): Promise<string> {
  const row = rowOf(page, uid);
  return (await row.count()) === 0 ? "" : await visibleText(row);
}

/** The state that the row of a process shows; null where there is no such row. */
export async function shownState(page: Page, uid: string): Promise<string | null> {
  const row = rowOf(page, uid);
  return (await row.count()) === 0 ? null : await row.getAttribute("data-state");
}

type Notes = { notedStates?: string[] };

/** From now on every state that the row shows is noted, in this document: a reload would lose the notes. */
export const noteStates = (page: Page, uid: string): Promise<void> =>
  page.evaluate((wanted) => {
    const notes: string[] = [];
    (window as unknown as Notes).notedStates = notes;
    const look = () => {
      const rows = [...document.querySelectorAll("[data-uid][data-state]")] as HTMLElement[];
      const state = rows.find((row) => row.dataset.uid === wanted)?.dataset.state;
      if (state !== undefined && notes.at(-1) !== state) notes.push(state);
    };
    look();
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
  }, uid);

export const notedStates = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as Notes).notedStates ?? []);
