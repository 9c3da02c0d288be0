import { describe, expect, test } from "bun:test";
import type { Supervisor } from "../domain/supervisor.ts";
import { cardRoom } from "./card-room.ts";
import { fleetAttention } from "./fleet-attention.ts";
import { fleetCounts } from "./fleet-counts.ts";
import { fleetProcess, fleetSupervisor } from "./fleet-fixture.ts";
import { fleetGroups } from "./fleet-groups.ts";
import { groupsPage } from "./groups-page.tsx";
import { updateCards } from "./groups-update.tsx";
import { hostTally } from "./host-tally.ts";
import { rowsByName } from "./name-order.ts";
import type { ViewContext } from "./view-context.ts";

const context: ViewContext = {
  fleetName: "Lab",
  basePath: "/fleet",
  user: null,
  authentication: false,
  openToAll: false,
  version: "7",
  historyProblem: null,
};
const assets = {
  style: "/fleet/assets/s",
  app: "/fleet/assets/a",
  theme: "/fleet/assets/t",
  icon: "/fleet/assets/i",
  icon192: "/fleet/assets/i192",
  icon512: "/fleet/assets/i512",
  iconMaskable: "/fleet/assets/im",
  search: "/x",
};
const pageOf = (all: readonly Supervisor[], filter = "") => {
  const supervisors = new Map(all.map((s) => [s.name, s]));
  const groups = fleetGroups(rowsByName(all));
  return groupsPage({
    ...{ context, assets, supervisors, counts: fleetCounts(supervisors, hostTally, groups.length) },
    ...{ attention: fleetAttention(supervisors, hostTally, []), groups, version: "1", filter, nowMs: 1_060_000 },
  });
};

/** Elements of the page, as a browser would see them. */
async function elements(html: string, selector: string): Promise<Map<string, string>[]> {
  const found: Map<string, string>[] = [];
  const rewriter = new HTMLRewriter().on(selector, {
    element: (element) => void found.push(new Map([...element.attributes].map(([n, v]) => [n, v] as const))),
  });
  await rewriter.transform(new Response(html)).text();
  return found;
}

const HOSTILE = [
  "<script>alert(1)</script>",
  `"'><img src=x onerror=alert(1)>`,
  "<hx-partial hx-target='body'>",
  "</head><head>",
  "a&amp;b&lt;",
];

describe("the groups page", () => {
  test("shows a group of several hosts as one card, names in their natural order", async () => {
    const a = fleetSupervisor("lid001", [fleetProcess("lid001", "web", "w10"), fleetProcess("lid001", "web", "w2")]);
    const b = fleetSupervisor("lid002", [fleetProcess("lid002", "web", "w2")]);
    const html = pageOf([a, b]);
    expect(await elements(html, ".card")).toHaveLength(1);
    expect((await elements(html, ".row")).map((row) => row.get("data-uid"))).toEqual([
      "lid001:web:w2",
      "lid002:web:w2",
      "lid001:web:w10",
    ]);
  });

  test("has no strip where nothing needs attention", async () => {
    const calm = fleetSupervisor("lid001", [fleetProcess("lid001", "web", "w")]);
    expect(await elements(pageOf([calm]), ".strip")).toHaveLength(0);
  });

  test("puts hosts that are down above processes that failed", async () => {
    const down = fleetSupervisor("lid003", [], { status: "down", sinceMs: 0, reason: "connection refused" });
    const bad = fleetSupervisor("lid001", [fleetProcess("lid001", "web", "w", { state: "FATAL" })]);
    const lines = await elements(pageOf([bad, down]), ".line");
    expect(lines.map((line) => line.get("data-uid"))).toEqual([undefined, "lid001:web:w"]);
  });

  test("comes filtered as its url says", async () => {
    const one = fleetSupervisor("lid001", [fleetProcess("lid001", "web", "w1"), fleetProcess("lid001", "web", "w2")]);
    const shown = (await elements(pageOf([one], "w2"), ".row")).filter((row) => !row.has("data-c-hide"));
    expect(shown.map((row) => row.get("data-uid"))).toEqual(["lid001:web:w2"]);
  });

  test("has every url below its base path", async () => {
    const html = pageOf([fleetSupervisor("lid001", [fleetProcess("lid001", "web", "w", { state: "FATAL" })])]);
    const urls = [...html.matchAll(/(?:href|src|action|connect)="([^"#][^"]*)"/g)].map(([, url]) => url);
    expect(urls.length).toBeGreaterThan(8);
    for (const url of urls) expect(url).toStartWith("/fleet/");
  });

  test("has neither inline style nor inline script, which its policy forbids", async () => {
    const html = pageOf([fleetSupervisor("lid001", [fleetProcess("lid001", "web", "w")])]);
    expect(await elements(html, "[style], style, [onclick], script:not([src])")).toHaveLength(0);
  });

  test.each(HOSTILE)("shows a process named %p as text, in the page and in an update", async (name) => {
    const supervisors = [fleetSupervisor(name, [fleetProcess(name, name, name, { state: "FATAL", spawnerr: name })])];
    const html = pageOf(supervisors, name);
    expect(await elements(html, "main script, main img, main hx-partial, main head")).toHaveLength(0);
    const update = updateCards(
      new Map(supervisors.map((s) => [s.name, s])),
      cardRoom(fleetGroups(rowsByName(supervisors))),
      { nowMs: 0, basePath: "", stripOf: () => "" },
    );
    expect(update.match(/<\/?(hx-|head\b|script|img)[^>]*/g)).toEqual([
      '<hx-partial hx-target="#cards" hx-swap="innerMorph"',
      "</hx-partial",
    ]);
  });
});

describe("a page without processes", () => {
  test.each([
    [[], "No supervisor is configured"],
    [[fleetSupervisor("a", [], { status: "down", sinceMs: 0, reason: "refused" })], "No supervisor can be reached"],
    [[fleetSupervisor("a", [], { status: "connecting", sinceMs: 0 })], "Connecting to the supervisors"],
    [[fleetSupervisor("a", [])], "No process is configured"],
  ])("says why (%#)", (supervisors, words) => {
    expect(pageOf(supervisors)).toContain(words);
  });
});
