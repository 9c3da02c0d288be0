import { expect, test } from "bun:test";
import { placeOf } from "./place-of.ts";

test.each([
  ["http://lid001:9001", { hostname: "lid001", port: 9_001 }],
  ["http://lid001/RPC2", { hostname: "lid001", port: 80 }],
  ["https://lid001", { hostname: "lid001", port: 443 }],
  ["http://[::1]:9001/RPC2", { hostname: "::1", port: 9_001 }],
  ["unix:///run/supervisor.sock", null],
])("%s listens there", (url, place) => {
  expect(placeOf(url)).toEqual(place);
});
