import { describe, expect, test } from "bun:test";
import { calledAs } from "./called-as.ts";

const nothing = () => false;

describe("a service file of Multivisor 6 works with a new path only", () => {
  test.each([
    ["/usr/bin/multivisor-rpc", "--bind 0:9002", "agent --bind 0:9002"],
    ["multivisor-cli", "--url host", "cli --url host"],
    ["C:\\bin\\multivisor-cli.exe", "", "cli"],
    ["multivisor", "-c /etc/mv.conf --bind *:22000", "hub -c /etc/mv.conf --bind *:22000"],
    ["multivisor", "--log-level=INFO -c /etc/mv.conf", "hub --log-level=INFO -c /etc/mv.conf"],
    ["multivisor", "hub -c /etc/mv.conf", "hub -c /etc/mv.conf"],
    ["multivisor", "--help", "--help"],
    ["multivisor", "--version", "--version"],
    ["multivisor", "", ""],
  ])("%s %s", (argv0, line, expected) => {
    expect(calledAs(argv0, line.split(" ").filter(Boolean), nothing).join(" ")).toBe(expected);
  });

  test("multivisor alone is the hub where its default configuration file is there", () => {
    expect(calledAs("multivisor", [], (path) => path === "/etc/multivisor.conf")).toEqual([
      "hub",
      "-c",
      "/etc/multivisor.conf",
    ]);
  });
});
