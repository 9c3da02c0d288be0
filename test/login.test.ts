import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { hubConfText, startHub, type TestHub } from "./support/hub.ts";
import { openTestPlace } from "./support/test-place.ts";

const place = openTestPlace();
afterAll(() => place.close());

const SECRET = "correct#horse;battery%%staple";
const PASSWORD = "correct#horse;battery%staple";

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub(place, { supervisors: [], global: `username=admin\npassword=${SECRET}` });
}, 60_000);

const login = (password: string) => hub.post("/api/login", { username: "admin", password });

async function loggedIn(): Promise<Record<string, string>> {
  const cookie = (await login(PASSWORD)).headers.get("set-cookie") ?? "";
  return { cookie: cookie.split(";")[0] ?? "" };
}

describe("a hub with username and password", () => {
  test.each(["/api/data", "/api/refresh", "/api/process/list", "/api/stream", "/api/config/file", "/api/history"])(
    "%s answers 401 to strangers",
    async (path) => {
      const answer = await hub.get(path);
      expect(answer.status).toBe(401);
      expect(((await answer.json()) as { message: string }).message).toContain("required to access this endpoint");
    },
  );

  test.each(["/api/process/stop", "/api/supervisor/shutdown", "/api/admin/reload"])(
    "POST %s answers 401 to strangers",
    async (path) => {
      expect((await hub.post(path, { uid: "*", supervisor: "*" })).status).toBe(401);
    },
  );

  test("/api/auth tells strangers that they have to log in", async () => {
    expect(await hub.json<object>("/api/auth")).toEqual({ use_authentication: true, is_authenticated: false });
  });

  test("a wrong password answers 400 with the old words and no session", async () => {
    const answer = await login("wrong");
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ errors: { password: "Invalid username or password" } });
    expect(answer.headers.get("set-cookie")).toBeNull();
  });

  test("a missing field answers 400", async () => {
    expect((await hub.post("/api/login", { username: "admin" })).status).toBe(400);
  });

  test("the right password, with # and ; and % in it, opens everything until logout", async () => {
    const answer = await login(PASSWORD);
    expect([answer.status, await answer.json()]).toEqual([200, {}]);
    const headers = await loggedIn();
    expect((await hub.get("/api/data", { headers })).status).toBe(200);
    expect(await (await hub.get("/api/auth", { headers })).json()).toEqual({
      ...{ use_authentication: true, is_authenticated: true, user: "admin", role: "admin" },
    });
    const logout = await hub.post("/api/logout", {}, headers);
    expect([logout.status, await logout.json()]).toEqual([200, {}]);
    expect(logout.headers.get("set-cookie")).toMatch(/(Max-Age=0|expires=Thu, 01 Jan 1970)/i);
  });

  test("the session's cookie is out of reach of scripts and of other sites", async () => {
    const cookie = (await login(PASSWORD)).headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=(Lax|Strict)/i);
  });

  test("a session survives a restart of the hub", async () => {
    const headers = await loggedIn();
    await hub.kill9();
    await hub.start();
    expect((await hub.get("/api/data", { headers })).status).toBe(200);
  });

  test("no answer holds the password", async () => {
    const headers = await loggedIn();
    const file = (await (await hub.get("/api/config/file", { headers })).json()) as { content: string };
    expect(file.content).toContain("password=********");
    for (const path of ["/api/data", "/api/config/file", "/"]) {
      const text = await (await hub.get(path, { headers })).text();
      expect(text).not.toContain("horse");
    }
    expect(hub.log()).not.toContain("horse");
  });

  test("a reload of a broken file answers 422 with the reason and changes nothing", async () => {
    const headers = await loggedIn();
    hub.rewrite("[global]\nname=test place\n[supervisor:x]\nurl=not an url at all:::99999999\n");
    const answer = await hub.post("/api/admin/reload", {}, headers);
    expect(answer.status).toBe(422);
    expect(((await answer.json()) as { message: string }).message).toContain("url");
    expect((await hub.get("/api/data", { headers })).status).toBe(200);
    expect((await hub.get("/api/data")).status).toBe(401);
  });

  test("a reload adds and removes supervisors", async () => {
    const headers = await loggedIn();
    const supervisors = [{ name: "bugsbunny.acme.org", agentPort: 1 }];
    hub.rewrite(hubConfText({ supervisors, global: `username=admin\npassword=${SECRET}` }));
    const answer = await hub.post("/api/admin/reload", {}, headers);
    expect([answer.status, await answer.text()]).toEqual([200, "OK"]);
    const data = (await (await hub.get("/api/data", { headers })).json()) as { supervisors: object };
    expect(Object.keys(data.supervisors)).toEqual(["bugsbunny.acme.org"]);
    hub.rewrite(hubConfText({ supervisors: [], global: `username=admin\npassword=${SECRET}` }));
    const authorization = `Basic ${btoa(`admin:${PASSWORD}`)}`;
    expect((await hub.get("/api/admin/reload", { headers })).status).toBe(405);
    expect(await (await hub.get("/api/admin/reload", { headers: { authorization } })).text()).toBe("OK");
    expect(await (await hub.get("/api/data", { headers })).json()).toMatchObject({ supervisors: {} });
  });
});
