import { describe, expect, test } from "bun:test";
import type { Supervisor } from "../../domain/supervisor.ts";
import { isReached, openGroups, type SeenOfSupervisor } from "./supervisor-verdict.ts";

const seen = (more: Partial<SeenOfSupervisor> = {}): SeenOfSupervisor => ({
  ...{ left: false, touched: new Set<string>(), failed: new Map<string, string>(), ran: new Set<string>(), ...more },
});
const supervisor = (status: "live" | "down" | "connecting", groups: string[] = [], state = "RUNNING") =>
  ({
    link: { status },
    facts: { state },
    processes: new Map(groups.map((group) => [`${group}:x`, { group }])),
  }) as unknown as Supervisor;

describe("what was accepted is not taken for done", () => {
  test("a restart is done when it went and is back", () => {
    const left = seen({ left: true });
    expect(isReached({ action: "restart" }, seen(), supervisor("live"))).toBe(false);
    expect(isReached({ action: "restart" }, left, supervisor("live", [], "STOPPING"))).toBe(false);
    expect(isReached({ action: "restart" }, left, supervisor("down"))).toBe(false);
    expect(isReached({ action: "restart" }, left, supervisor("live"))).toBe(true);
  });

  test("a shutdown is done when nobody answers any more", () => {
    expect(isReached({ action: "shutdown" }, seen({ left: true }), supervisor("live", [], "STOPPING"))).toBe(false);
    expect(isReached({ action: "shutdown" }, seen(), supervisor("down"))).toBe(true);
  });

  const changes = { added: ["new"], changed: ["web"], removed: ["old"] };
  test.each<[string, string[], Partial<SeenOfSupervisor>, string[]]>([
    ["nothing happened yet", ["web", "old"], { ran: new Set(["web"]) }, ["old", "web", "new"]],
    ["the changed one is away", ["new"], { ran: new Set(["web"]), touched: new Set(["web"]) }, ["web"]],
    ["all came", ["new", "web"], { ran: new Set(["web"]), touched: new Set(["web"]) }, []],
    ["a changed one of which nothing ran", ["new", "web"], {}, []],
    ["one could not be done", ["web", "old"], { failed: new Map([["old", "busy"]]) }, ["new"]],
  ])("an update, where %s", (_, groups, more, open) => {
    expect(openGroups(changes, seen(more), supervisor("live", groups))).toEqual(open);
    expect(isReached({ action: "update", changes }, seen(more), supervisor("live", groups))).toBe(open.length === 0);
  });
});
