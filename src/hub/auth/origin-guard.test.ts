import { describe, expect, test } from "bun:test";
import { Elysia } from "elysia";
import { originGuard } from "./origin-guard.ts";

const app = new Elysia({ prefix: "/base" })
  .use(originGuard({ basePath: "/base" }))
  .post("/api/process/stop", () => "OK")
  .get("/api/admin/reload", () => "OK")
  .get("/api/data", () => "OK");
const send = async (method: string, path: string, headers: Record<string, string>, origin = "http://localhost:22000") =>
  app.handle(new Request(`${origin}/base${path}`, { method, headers: { host: new URL(origin).host, ...headers } }));

describe("a request that changes something", () => {
  test.each([
    ["of a script, which says nothing of its origin", {}, 200],
    ["of a page of ours", { origin: "http://localhost:22000" }, 200],
    ["of a page of ours, as the browser says", { "sec-fetch-site": "same-origin", origin: "http://proxy.org" }, 200],
    ["that a person typed", { "sec-fetch-site": "none" }, 200],
    ["of another site", { "sec-fetch-site": "cross-site" }, 403],
    ["of another port of this host", { "sec-fetch-site": "same-site", origin: "http://localhost:22000" }, 403],
    ["of another site, by its origin", { origin: "http://evil.example" }, 403],
    ["of another port, by its origin", { origin: "http://localhost:9001" }, 403],
    ["of a sandboxed page", { origin: "null" }, 403],
    ["that names our host as its user", { origin: "http://localhost:22000@evil.example" }, 403],
  ])("%s: %j -> %d", async (_, headers, status) => {
    expect((await send("POST", "/api/process/stop", headers as never)).status).toBe(status);
  });

  test("says what was wrong", async () => {
    const response = await send("POST", "/api/process/stop", { origin: "null" });
    expect(await response.json()).toEqual({ code: "FORBIDDEN", message: expect.stringContaining("another site") });
  });
});

test("the port that goes without saying makes no difference", async () => {
  const headers = { host: "hub.org:80", origin: "http://hub.org" };
  expect((await send("POST", "/api/process/stop", headers, "http://hub.org")).status).toBe(200);
});

test("behind a proxy that ends https the host alone counts", async () => {
  const headers = { host: "hub.org", origin: "https://hub.org" };
  expect((await send("POST", "/api/process/stop", headers, "http://hub.org")).status).toBe(200);
});

test("what only reads may be asked from anywhere; the reload by GET may not", async () => {
  const headers = { "sec-fetch-site": "cross-site" };
  expect((await send("GET", "/api/data", headers)).status).toBe(200);
  expect((await send("GET", "/api/admin/reload", headers)).status).toBe(403);
  expect((await send("GET", "/api/admin/reload", {})).status).toBe(200);
});

test("paths without a route are guarded too", async () => {
  expect((await send("POST", "/nothing", { "sec-fetch-site": "cross-site" })).status).toBe(403);
});
