import { expect, test } from "bun:test";
import { createRouteNeeds } from "./route-needs.ts";

const needs = createRouteNeeds(() => [
  { method: "GET", path: "/api/process/info/:uid" },
  { method: "POST", path: "/api/process/info/:uid" },
  { method: "GET", path: "/api/data" },
]);

test("a path is known by the methods that are answered there", () => {
  expect(needs.methodsOf("/api/process/info/lid001:a:b")).toEqual(["GET", "POST"]);
  expect(needs.methodsOf("/api/data")).toEqual(["GET"]);
  expect(needs.methodsOf("/nowhere")).toEqual([]);
});

test("a route that says nothing is for admins, and no stranger's", () => {
  expect(needs.ofRoute("GET", "/api/data")).toBe("admin");
  expect(needs.ofRoute("GET", "/nowhere")).toBe("admin");
  expect(needs.isOpenPath("GET", "/api/data")).toBe(false);
});
