import { describe, expect, test } from "bun:test";
import { parseAccess } from "../../domain/access.ts";
import { fleetProcess } from "../../views/fleet-fixture.ts";
import { createFleet } from "../fleet.ts";
import { createFleetViews } from "../fleet-views.ts";
import { createNoticeLog, type Notice } from "./notice-log.ts";

const FACTS = { identification: "x", pid: 1, apiVersion: "3.0", supervisorVersion: "4.2.5", state: "RUNNING" } as const;
const REST = { kind: "transition", atMs: 2, pid: null, tries: null, sampled: false, fromState: "RUNNING" } as const;

function place() {
  const fleet = createFleet({ nowMs: () => 1, hidesAgents: () => false });
  fleet.configure(["lid001", "lid002"].map((name) => ({ name, url: name, host: name, linkKind: "agent" })));
  for (const name of ["lid001", "lid002"]) {
    fleet.report(name).link({ status: "live", sinceMs: 1 });
    fleet.report(name).snapshot(FACTS, [fleetProcess(name, "web", "a"), fleetProcess(name, "db", "b")]);
  }
  let nowMs = 1_000;
  const log = createNoticeLog(fleet, () => nowMs);
  let seq = 0;
  return {
    ...{ fleet, log, views: createFleetViews(fleet) },
    pass: (ms: number) => {
      nowMs += ms;
    },
    dies: (host: string, group: string, name: string, expected = false) =>
      fleet.report(host).transition({ ...REST, seq: ++seq, group, name, toState: "EXITED", expected }),
    down: (host: string) => fleet.report(host).link({ status: "down", sinceMs: 2, reason: "x" }),
    back: (host: string) => fleet.report(host).link({ status: "live", sinceMs: 3 }),
  };
}

const told = (notices: readonly Notice[]) => notices.map(({ words, count, level }) => `${level}: ${words} ×${count}`);

describe("what stands behind the bell", () => {
  test("a process that flaps is one line with a count, the newest first", () => {
    const { fleet, log, dies, pass } = place();
    for (let i = 0; i < 3; i++) dies("lid001", "web", "a");
    pass(5);
    dies("lid002", "db", "b");
    dies("lid002", "web", "a", true); // as it should
    expect(told(log.of(fleet))).toEqual(["bad: b on lid002: Exited ×1", "bad: a on lid001: Exited ×3"]);
    expect(log.of(fleet).map(({ id }) => id)).toEqual([1_005, 1_002]);
  });

  test("a host that is lost and found is one line", () => {
    const { fleet, log, down, back } = place();
    down("lid001");
    expect(told(log.of(fleet))).toEqual(["bad: lid001 is down ×1"]);
    back("lid001");
    expect(told(log.of(fleet))).toEqual(["good: lid001 is back ×2"]);
  });

  test("is of the last day", () => {
    const { fleet, log, dies, pass } = place();
    dies("lid001", "web", "a");
    pass(86_400_000);
    expect(log.of(fleet)).toEqual([]);
    dies("lid001", "web", "a");
    expect(told(log.of(fleet))).toEqual(["bad: a on lid001: Exited ×1"]);
  });

  test("who may see a part hears of that alone", async () => {
    const { log, views, dies, down } = place();
    const own = views(parseAccess("group:db host:lid001"));
    const { promise, resolve } = Promise.withResolvers<readonly Notice[]>();
    const end = log.follow(own, resolve);
    dies("lid001", "web", "a");
    dies("lid001", "db", "b");
    dies("lid001", "db", "b");
    down("lid002");
    expect(told(log.of(own))).toEqual(["bad: b on lid001: Exited ×2"]);
    expect(told(await promise)).toEqual(["bad: b on lid001: Exited ×2"]);
    end();
  });
});
