import { describe, expect, test } from "bun:test";
import { safeNext } from "./safe-next.ts";

describe("after the login one comes", () => {
  test.each([
    ["/?filter=web", "", "/?filter=web"],
    [null, "", "/"],
    ["https://elsewhere.example/", "", "/"],
    ["//elsewhere.example/", "", "/"],
    ["/\\elsewhere.example", "", "/"],
    ["/\t/elsewhere.example", "", "/"],
    ["/login?next=/", "", "/"],
    ["/fleet/?filter=a", "/fleet", "/fleet/?filter=a"],
    ["/other", "/fleet", "/fleet/"],
    ["/fleetother", "/fleet", "/fleet/"],
  ])("from next=%p under %p to %p", (wish, basePath, to) => {
    expect(safeNext(wish, basePath)).toBe(to);
  });
});
