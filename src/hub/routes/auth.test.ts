import { beforeEach, describe, expect, test } from "bun:test";
import { Elysia } from "elysia";
import fc from "fast-check";
import { createLogger } from "../../lib/logger.ts";
import { createAuth } from "../auth/auth.ts";
import { guard } from "../auth/guard.ts";
import { createLoginLimiter } from "../auth/login-limiter.ts";
import { createRouteNeeds } from "../auth/route-needs.ts";
import { createSessions, SESSION_S } from "../auth/sessions.ts";
import type { Accounts } from "../configuration/accounts.ts";
import type { Credentials } from "../configuration/credentials.ts";
import { authRoutes } from "./auth.ts";
import { httpErrors } from "./http-errors.ts";
import { needs } from "./needs.ts";

const log = createLogger("ERROR", () => undefined);
let nowMs: number;
let ended: Map<string, number>;
let credentials: Credentials | null;
let hub: ReturnType<typeof start>;

const find = (name: string) => accounts().users.find(({ username }) => username === name) ?? null;
const accounts = (): Accounts => ({
  users: credentials === null ? [] : [{ ...credentials, role: "admin", access: null }],
  tokens: [],
});

/** One run of the hub; what is kept outlives it. */
function start(basePath = "", key = "key") {
  const now = () => nowMs;
  const endedSessions = { has: (id: string) => ended.has(id), add: (id: string, ms: number) => void ended.set(id, ms) };
  const auth = createAuth({
    accounts: () => accounts(),
    sessions: createSessions({ key, basePath, find, ended: endedSessions, now, isHttps: () => false }),
    now,
    limiter: createLoginLimiter(now),
    clientAddress: () => "10.0.0.1",
    log,
  });
  const app = new Elysia({ prefix: basePath });
  app
    .use(httpErrors(log))
    .use(guard({ auth, needs: createRouteNeeds(() => app.routes), basePath }))
    .use(authRoutes({ auth }))
    .get("/api/data", () => ({ name: "x" }), needs("read", "data"))
    .get("/assets/:file", () => "js", needs("open", "assets"))
    .get("/login", () => "form", needs("open", "login"))
    .get("/live/groups", () => "stream", needs("read", "stream"))
    .get("/", () => "page", needs("read", "page"));
  return (method: string, path: string, init: RequestInit = {}) =>
    app.handle(new Request(`http://localhost${basePath}${path}`, { method, ...init }));
}

beforeEach(() => {
  nowMs = Date.UTC(2026, 10, 24);
  ended = new Map();
  credentials = { username: "ann", password: "test" };
  hub = start();
});

const form = (fields: Record<string, string>): RequestInit => ({ body: new URLSearchParams(fields) });
const ANN = { username: "ann", password: "test" };
const cookieOf = (response: Response) => (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
const withCookie = (cookie: string): RequestInit => ({ headers: { cookie } });
async function login(send = hub, cookie = ""): Promise<string> {
  return cookieOf(await send("POST", "/api/login", { ...form(ANN), headers: { cookie } }));
}
const isIn = async (cookie: string, send = hub) => (await send("GET", "/api/data", withCookie(cookie))).status === 200;

describe("POST /api/login", () => {
  const multipart = new FormData();
  multipart.set("username", "ann");
  multipart.set("password", "test");
  const json = { body: JSON.stringify(ANN), headers: { "content-type": "application/json" } };
  test.each([
    ["a form", form(ANN)],
    ["multipart", { body: multipart }],
    ["JSON", json],
  ])("as %s answers {} and a cookie that lets in", async (_, init) => {
    const response = await hub("POST", "/api/login", init);
    expect([response.status, await response.json()]).toEqual([200, {}]);
    expect(response.headers.get("set-cookie")).toMatch(/; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/);
    expect(await isIn(cookieOf(response))).toBe(true);
  });

  test("the cookie goes to the base path only, and over https only where it came so", async () => {
    const send = start("/base");
    expect((await send("POST", "/api/login", form(ANN))).headers.get("set-cookie")).toContain("; Path=/base/;");
    const app = createSessions({
      key: "k",
      basePath: "",
      find: () => ANN,
      ended: { has: () => false, add: () => undefined },
      now: Date.now,
      isHttps: () => true,
    });
    expect(app.begin(new Request("https://localhost/"), ANN)).toEndWith("; Secure");
  });

  test.each([
    [{ username: "ann", password: "wrong" }, { password: "Invalid username or password" }],
    [{ username: "bob", password: "test" }, { password: "Invalid username or password" }],
    [{ username: "ann" }, { password: "The field password is missing" }],
    [{ password: "test" }, { username: "The field username is missing" }],
    [{}, { username: "The field username is missing" }],
  ])("with %j answers 400 and no cookie", async (fields, errors) => {
    const response = await hub("POST", "/api/login", form(fields as Record<string, string>));
    expect([response.status, await response.json()]).toMatchObject([400, { errors }]);
    expect(response.headers.has("set-cookie")).toBe(false);
  });

  test("after ten wrong tries answers 429 and how long to wait, to the right password too", async () => {
    const wrong = form({ username: "ann", password: "wrong" });
    for (let i = 0; i < 10; i++) expect((await hub("POST", "/api/login", wrong)).status).toBe(400);
    const response = await hub("POST", "/api/login", form(ANN));
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "30"]);
    expect(await response.json()).toMatchObject({ errors: { password: "Too many tries; wait 30 s" } });
    nowMs += 30_000;
    expect((await hub("POST", "/api/login", form(ANN))).status).toBe(200);
  });

  test("without authentication says that there is none", async () => {
    credentials = null;
    const response = await hub("POST", "/api/login", form(ANN));
    expect([response.status, await response.text()]).toEqual([200, "Authentication is not required"]);
  });
});

describe("a session", () => {
  test("outlives the hub, for 30 days", async () => {
    const cookie = await login();
    expect(await isIn(cookie, start())).toBe(true);
    nowMs += SESSION_S * 1_000 - 1;
    expect(await isIn(cookie, start())).toBe(true);
    nowMs += 1;
    expect(await isIn(cookie)).toBe(false);
  });

  test("ends at logout wherever its cookie is, and stays so after a restart", async () => {
    const cookie = await login();
    const other = await login();
    const response = await hub("POST", "/api/logout", withCookie(cookie));
    expect([response.status, await response.json()]).toEqual([200, {}]);
    expect(response.headers.get("set-cookie")).toContain("Max-Age=0");
    expect([await isIn(cookie), await isIn(cookie, start()), await isIn(other)]).toEqual([false, false, true]);
  });

  test("is another one after each login; the one before ends", async () => {
    const first = await login();
    const second = await login(hub, first);
    expect([await isIn(first), await isIn(second)]).toEqual([false, true]);
  });

  test("ends when the password is changed", async () => {
    const cookie = await login();
    credentials = { username: "ann", password: "new" };
    expect(await isIn(cookie)).toBe(false);
  });

  test("is of one hub: another key, another cookie", async () => {
    const cookie = await login();
    const other = start("", "other key");
    expect(await isIn(cookie, other)).toBe(false);
    expect((await login(other)).split("=")[0]).not.toBe(cookie.split("=")[0]);
  });

  test("cannot be made or changed without the key", async () => {
    const cookie = await login();
    const [name = "", value = ""] = cookie.split("=");
    const [id = "", expires = "", signature = ""] = value.split(".");
    const forged = [
      `${id}.${Number(expires) + 1}.${signature}`,
      `x${id}.${expires}.${signature}`,
      `${id}.${expires}.`,
      `${id}.${expires}`,
      "",
      `${id}.${expires}.${signature}x`,
    ];
    for (const text of forged) expect(await isIn(`${name}=${text}`)).toBe(false);
    expect(await isIn(`a=b; ${cookie}; c=d`)).toBe(true);
  });
});

describe("GET /api/auth", () => {
  test.each([
    ["nobody logged in", true, false],
    ["somebody logged in", true, true],
    ["no authentication", false, false],
  ])("with %s", async (_, use_authentication, is_authenticated) => {
    const cookie = is_authenticated ? await login() : "";
    if (!use_authentication) credentials = null;
    const response = await hub("GET", "/api/auth", withCookie(cookie));
    expect(await response.json()).toMatchObject({ use_authentication, is_authenticated });
  });
});

test("POST /api/logout works without a session and without authentication", async () => {
  expect((await hub("POST", "/api/logout")).status).toBe(200);
  credentials = null;
  expect((await hub("POST", "/api/logout")).status).toBe(200);
});

describe("who is not logged in", () => {
  test.each(["/api/data", "/api/nothing", "/api/auth/../data", "/assets/../api/data", "//api/data"])(
    "gets 401 from %s, or the login",
    async (path) => {
      const response = await hub("GET", path);
      expect([401, 303]).toContain(response.status);
      if (response.status === 401)
        expect(await response.json()).toEqual({ message: "Authenthication is required to access this endpoint" });
    },
  );

  test.each([
    ["", "/", "/login"],
    ["", "/?filter=a%20b&x", "/login?next=%2F%3Ffilter%3Da%2520b%26x"],
    ["/base", "/", "/base/login"],
    ["/base", "/process/x", "/base/login?next=%2Fbase%2Fprocess%2Fx"],
    ["", "//evil.example/x", "/login"],
  ])("is led from %s%s to %s", async (basePath, path, location) => {
    const response = await start(basePath)("GET", path);
    expect([response.status, response.headers.get("location")]).toEqual([303, location]);
  });

  test("gets no page where events or fragments were asked for", async () => {
    expect((await hub("GET", "/live/groups", { headers: { accept: "text/event-stream" } })).status).toBe(401);
    expect((await hub("GET", "/", { headers: { "hx-request": "true" } })).status).toBe(401);
    expect((await hub("POST", "/")).status).toBe(401);
  });

  test.each(["/login", "/assets/app.js", "/api/auth"])("may see %s", async (path) => {
    expect((await hub("GET", path)).status).toBe(200);
  });

  test("sees everything where no login is configured", async () => {
    credentials = null;
    expect([(await hub("GET", "/")).status, (await hub("GET", "/api/data")).status]).toEqual([200, 200]);
  });
});

describe("Authorization: Basic", () => {
  const basic = (username: string, password: string) => ({
    headers: { authorization: `Basic ${btoa(`${username}:${password}`)}` },
  });

  test("lets a script in, again and again", async () => {
    credentials = { username: "ann", password: "p:1" };
    for (let i = 0; i < 20; i++) expect((await hub("GET", "/api/data", basic("ann", "p:1"))).status).toBe(200);
    credentials = { username: "ann", password: "p:2" };
    expect((await hub("GET", "/api/data", basic("ann", "p:1"))).status).toBe(401);
  });

  test("is limited as the login is", async () => {
    for (let i = 0; i < 10; i++) expect((await hub("GET", "/api/data", basic("ann", "no"))).status).toBe(401);
    expect((await hub("GET", "/api/data", basic("ann", "test"))).status).toBe(429);
    expect((await hub("POST", "/api/login", form(ANN))).status).toBe(429);
  });

  test.each(["Basic", "Basic !!!", "Basic YQ==", "Bearer x"])("%j lets nobody in", async (authorization) => {
    expect((await hub("GET", "/api/data", { headers: { authorization } })).status).toBe(401);
  });

  test("any body, of whatever type it says to be, is an answer and no 500", () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          "multipart/form-data; boundary=x",
          "multipart/form-data",
          'multipart/form-data; boundary="',
          "application/json",
          "application/x-www-form-urlencoded",
          "text/plain",
        ),
        fc.array(
          fc.oneof(
            fc.constantFrom(
              "--x",
              "--x--",
              "\r\n",
              'Content-Disposition: form-data; name="username"',
              "username=",
              "{",
            ),
            fc.string({ unit: "binary", maxLength: 60 }),
          ),
        ),
        async (type, pieces) => {
          nowMs += 3_600_000; // too many tries are another matter
          const answer = await hub("POST", "/api/login", { body: pieces.join(""), headers: { "content-type": type } });
          expect(answer.status).toBeGreaterThanOrEqual(200);
          expect(answer.status).toBeLessThan(500);
        },
      ),
      { numRuns: 300 },
    ));
});
