import { describe, expect, test } from "bun:test";
import type { LinkSecurity, Supervisor } from "../domain/supervisor.ts";
import { fleetProcess, fleetSupervisor } from "./fleet-fixture.ts";
import { openHostsWords } from "./open-hosts.ts";
import { offeredActions, refusalOf } from "./process-look.ts";

const host = (name: string, secured: LinkSecurity | null): Supervisor => ({ ...fleetSupervisor(name, []), secured });

describe("the open lock", () => {
  test("names the hosts whose agents ask for no token", () => {
    const hosts = [host("lid001", "none"), host("lid002", "token"), host("lid003", "tls"), host("lid004", "token+tls")];
    expect(openHostsWords(hosts)).toEndWith("on lid001, lid003");
  });
  test("names five of many", () => {
    const hosts = Array.from({ length: 9 }, (_, i) => host(`lid00${i}`, "none"));
    expect(openHostsWords(hosts)).toEndWith("on lid000, lid001, lid002, lid003, lid004, and 4 more");
  });
  test("is not there where all are locked, not known, or on this machine", () => {
    expect(openHostsWords([host("lid001", "token"), host("lid002", null), host("localhost", "none")])).toBeNull();
  });
});

test("a host that does not permit actions is offered none, and says why", () => {
  const process = fleetProcess("lid001", "web", "w1");
  const supervisor = { ...fleetSupervisor("lid001", [process]), allows: ["read", "logs"] as const };
  expect(offeredActions({ process, supervisor })).toEqual([]);
  expect(refusalOf({ process, supervisor })).toBe("lid001 does not permit actions on processes");
  expect(refusalOf({ process, supervisor: fleetSupervisor("lid001", [process]) })).toBeNull();
});
