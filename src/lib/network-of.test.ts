import { expect, test } from "bun:test";
import { networkOf } from "./network-of.ts";

test.each([
  ["10.0.0.7", "10.0.0.7"],
  ["::ffff:10.0.0.7", "10.0.0.7"],
  ["::1", "::1"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8::7", "2001:db8:0:0::/64"],
  ["", ""],
])("a peer at %s could as well be anywhere in %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
