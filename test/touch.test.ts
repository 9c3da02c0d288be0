import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { openVisitor } from "./support/browser.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { startSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = `
[program:talks]
command=/bin/sleep 1000
startsecs=0
[program:a]
command=/bin/sleep 1000
startsecs=0
[program:fails]
command=/bin/sh -c "echo last words >&2; exit 3"
startretries=0
`;

let hub: TestHub;
let page: Page;

beforeAll(async () => {
  const host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS });
  hub = await startHub(place, { supervisors: [host, { name: "lid009", agentPort: 9 }] });
  await hub.live("lid001");
  await waitFor("fails to be FATAL", async () => (await hub.process("lid001:fails:fails"))?.statename === "FATAL");
  page = await openVisitor(place, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
}, 60_000);

/** Whatever can be touched and is not met 19 px beside its middle. The bars of pictures stand for a part of them each. */
const tooSmall = () =>
  page.evaluate(async () => {
    const TOUCHED = "a[href], button, input:not([type=hidden]), select, summary, textarea";
    const all = [...document.querySelectorAll<HTMLElement>(TOUCHED)].filter(
      (one) => one.closest("svg") === null && one.checkVisibility({ visibilityProperty: true, opacityProperty: true }),
    );
    const show = async (one: HTMLElement) => {
      const { top, bottom } = one.getBoundingClientRect();
      if (top >= 150 && bottom <= innerHeight - 150) return;
      one.scrollIntoView({ block: "center" });
      // What was far away is laid out in the frame that shows it.
      for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
    };
    const missedOf = (one: HTMLElement): string[] => {
      const { left, right, top, bottom } = one.getBoundingClientRect();
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      const target = one.closest("label") ?? one;
      const at = (dx: number, dy: number) => document.elementFromPoint(x + dx, y + dy);
      // For those who listen alone, or beside the screen.
      if (!target.contains(at(0, 0))) return [];
      const sides = { left: at(-19, 0), right: at(19, 0), above: at(0, -19), below: at(0, 19) };
      return Object.entries(sides).flatMap(([side, met]) =>
        target.contains(met) ? [] : [`${side} of ${one.outerHTML.slice(0, 120)} is ${met?.outerHTML.slice(0, 120)}`],
      );
    };
    const missed: string[] = [];
    for (const one of all) {
      await show(one);
      missed.push(...missedOf(one));
    }
    return missed;
  });

const TALKS = encodeURIComponent("lid001:talks:talks");
const FAILS = encodeURIComponent("lid001:fails:fails");

test.each([
  "/",
  "/supervisors",
  "/processes",
  "/history",
  `/process/${TALKS}`,
  `/process/${FAILS}`,
  `/process/${TALKS}/log`,
  `/log?uid=${TALKS}&uid=${FAILS}`,
  "/supervisor/lid001",
  "/supervisor/lid009",
  "/nonsense",
])("a finger meets everything on %s within 40 px", async (path) => {
  await page.goto(hub.url + path);
  if (path !== "/nonsense") await page.locator("html[data-stream=live]").waitFor({ state: "attached" });
  const touched = await page.locator("a[href], button").count();
  expect(touched).toBeGreaterThan(0);
  expect(await tooSmall()).toEqual([]);
});
