import { join } from "node:path";
import type { Page } from "playwright-core";

type Violation = { id: string; nodes: { html: string; failureSummary?: string }[] };

const source = Bun.file(join(import.meta.dir, "../../node_modules/axe-core/axe.min.js"));

/** What axe-core finds wrong with the page as it is now, a line each. @param rules these alone; without it: all */
export async function axeProblems(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(await source.text());
  const violations = await page.evaluate(async (only) => {
    const { axe } = globalThis as unknown as {
      axe: { run: (options: object) => Promise<{ violations: Violation[] }> };
    };
    const runOnly = only === undefined ? {} : { runOnly: { type: "rule", values: only } };
    return (await axe.run({ resultTypes: ["violations"], ...runOnly })).violations;
  }, rules);
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`);
}
