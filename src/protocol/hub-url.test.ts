import { describe, expect, test } from "bun:test";
import { parseHubUrl } from "./hub-url.ts";

describe("the address of the hub", () => {
  test.each([
    ["localhost:22000", "http://localhost:22000"],
    ["localhost", "http://localhost:22000"],
    ["10.0.0.7:80", "http://10.0.0.7"],
    ["[::1]:22001", "http://[::1]:22001"],
    ["[::1]", "http://[::1]:22000"],
    ["http://hub.example:8080/", "http://hub.example:8080"],
    ["HTTP://hub.example", "http://hub.example:22000"],
    ["https://hub.example", "https://hub.example"],
    ["https://hub.example:8443/supervisors/", "https://hub.example:8443/supervisors"],
    ["hub.example:22000/a/b", "http://hub.example:22000/a/b"],
  ])("%s is %s", (text, base) => {
    expect(parseHubUrl(text)).toEqual({ base, authorization: null });
  });

  test("may name a user and a password, which are not part of what is shown", () => {
    expect(parseHubUrl("https://ann:p%40ss@hub.example/")).toEqual({
      base: "https://hub.example",
      authorization: `Basic ${btoa("ann:p@ss")}`,
    });
  });

  test.each(["", "ftp://hub.example", "http://", "a b", "host:port"])("%p is refused", (text) => {
    expect(() => parseHubUrl(text)).toThrow("cannot read the address of the hub");
  });
});
