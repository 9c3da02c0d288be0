import { describe, expect, test } from "bun:test";
import { parseBindAddress } from "./bind-address.ts";

describe("parseBindAddress", () => {
  test.each([
    ["0:9002", "0.0.0.0", 9_002],
    ["*:9002", "0.0.0.0", 9_002],
    [":9003", "0.0.0.0", 9_003],
    ["*", "0.0.0.0", 9_002],
    ["9003", "0.0.0.0", 9_003],
    ["host", "host", 9_002],
    ["host.acme.org:1", "host.acme.org", 1],
    ["127.0.0.1:9002", "127.0.0.1", 9_002],
    ["[::1]:9004", "::1", 9_004],
    ["[::1]", "::1", 9_002],
  ])("%p", (text, hostname, port) => {
    expect(parseBindAddress(text, 9_002)).toEqual({ hostname, port });
  });
  test.each(["::1", "host:x", "host:99999", "a b", "[::1", "http://x"])("%p is refused and named", (text) => {
    expect(() => parseBindAddress(text, 9_002)).toThrow(text);
  });
});
