import { expect, test } from "bun:test";
import captured from "../../test/fixtures/api-data.json";
import type { HubData } from "../protocol/hub.ts";
import { withUptimesOf } from "./uptimes.ts";

const START = 1_795_376_021;
const description = (data: HubData) => data.supervisors.lid001?.processes["lid001:PLC:wcid00a"]?.description ?? "";
const data = captured as unknown as HubData;

test("a process that runs undisturbed for a day says so, however old the hub's last news of it are", () => {
  expect(description(data)).toBe("pid 16493, uptime 0:00:01");
  expect(description(withUptimesOf((START + 86_400) * 1_000, data))).toBe("pid 16493, uptime 1 day, 0:00:00");
});
test("a host whose clock differs is measured by its own clock", () => {
  const lid001 = data.supervisors.lid001;
  const ahead = { ...data, supervisors: { lid001: { ...lid001, clock_offset_ms: 60_000 } } } as HubData;
  expect(description(withUptimesOf((START + 10) * 1_000, ahead))).toBe("pid 16493, uptime 0:01:10");
});
test("where the hub does not say its time, its words stand", () => {
  expect(withUptimesOf(null, data)).toBe(data);
});
