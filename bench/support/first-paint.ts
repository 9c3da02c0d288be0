import type { Page } from "playwright-core";
import { openBrowser } from "../../test/support/browser.ts";
import type { TestPlace } from "../../test/support/test-place.ts";

const paintOf = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((done) => {
        new PerformanceObserver((list, observer) => {
          const paint = list.getEntriesByName("first-contentful-paint")[0];
          if (paint === undefined) return;
          observer.disconnect();
          done(paint.startTime);
        }).observe({ type: "paint", buffered: true });
      }),
  );

let browsers = 0;

/** Milliseconds to the first paint of a page, from an empty tab of a browser of its own that has seen the page once. */
export async function firstPaints(place: TestPlace, url: string, times: number): Promise<number[]> {
  const { page, close } = await openBrowser(place, `paint${++browsers}`);
  const paints: number[] = [];
  await page.goto(url, { timeout: 120_000 });
  for (let i = 0; i < times; i++) {
    await page.goto("about:blank");
    await page.goto(url, { waitUntil: "commit", timeout: 120_000 });
    paints.push(await paintOf(page));
  }
  await close();
  return paints;
}
