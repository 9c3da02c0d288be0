import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { permits, type Role } from "../domain/role.ts";
import { createLogger } from "../lib/logger.ts";
import { hashOfToken, newApiToken } from "./auth/tokens.ts";
import { parseHubOptions } from "./hub-options.ts";
import { declarationOf } from "./routes/needs.ts";
import { type RunningHub, runHub } from "./run-hub.ts";
import { createServer } from "./server.ts";

/** Answers for everything that routes are made of; nobody calls them here. */
const anything: unknown = new Proxy(() => anything, {
  get: (_, key) => (key === "basePath" ? "" : key === Symbol.toPrimitive ? () => "" : anything),
});
const routes = createServer(anything as never).routes.map((route) => ({
  ...{ method: route.method, path: route.path, declared: declarationOf(route) },
}));

const tokens = { viewer: newApiToken(), operator: newApiToken(), admin: newApiToken(), filtered: newApiToken() };
const PASSWORD = await Bun.password.hash("secret", { algorithm: "argon2id", memoryCost: 8, timeCost: 1 });
const CONF = `[global]
username=root
password=${PASSWORD}
[user:viewer]
password=${PASSWORD}
[user:operator]
password=${PASSWORD}
role=operator
[user:filtered]
password=${PASSWORD}
role=operator
filter=group:PLC
${Object.entries(tokens)
  .map(([name, token]) => {
    const role = name === "filtered" ? "operator\nfilter=group:PLC" : name;
    return `[token:${name}]\nsha256=${hashOfToken(token)}\nrole=${role}\n`;
  })
  .join("")}
[token:old]
sha256=${hashOfToken("mv_expired")}
role=admin
expires=2020-01-01
[supervisor:lid001]
url=127.0.0.1:1
`;

const dir = mkdtempSync(join(tmpdir(), "mvauth-"));
let hub: RunningHub;
const sessions: Record<string, string> = {};

async function logIn(username: string): Promise<void> {
  const body = new URLSearchParams({ username, password: "secret" });
  const answer = await fetch(new URL("/api/login", hub.url), { method: "POST", body });
  sessions[username] = (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

beforeAll(async () => {
  const config = join(dir, "multivisor.conf");
  writeFileSync(config, CONF);
  const flags = { config, bind: "127.0.0.1:0", db: undefined, "log-level": undefined, "base-path": undefined };
  const state = { dbPath: join(dir, "history.sqlite"), secretKey: "k".repeat(32) };
  hub = await runHub(
    parseHubOptions(flags),
    state,
    createLogger("ERROR", () => undefined),
  );
  for (const username of ["root", "viewer", "operator", "filtered"]) await logIn(username);
});
afterAll(async () => {
  await hub.close();
  rmSync(dir, { recursive: true, force: true });
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const people: readonly (readonly [string, Role | null, () => Record<string, string>])[] = [
  ["a stranger", null, () => ({})],
  ["a viewer", "viewer", () => ({ cookie: sessions.viewer ?? "" })],
  ["an operator", "operator", () => ({ cookie: sessions.operator ?? "" })],
  ["an operator of a part", "operator", () => ({ cookie: sessions.filtered ?? "" })],
  ["an admin", "admin", () => ({ cookie: sessions.root ?? "" })],
  ["a viewer's token", "viewer", () => bearer(tokens.viewer)],
  ["an operator's token", "operator", () => bearer(tokens.operator)],
  ["an operator's token for a part", "operator", () => bearer(tokens.filtered)],
  ["an admin's token", "admin", () => bearer(tokens.admin)],
  ["a token that nobody gave", null, () => bearer(newApiToken())],
  ["an expired token", null, () => bearer("mv_expired")],
  ["an admin by name and password", "admin", () => ({ authorization: `Basic ${btoa("root:secret")}` })],
];

/** Of every answer, to whomever. */
const COMMON_HEADERS = [
  ...["x-content-type-options", "referrer-policy", "x-frame-options", "cross-origin-resource-policy"],
  ...["content-security-policy", "cache-control"],
];

/** Nobody's, so that nothing happens where it is let through. */
const UID = "lid001:web:nobody";

async function ask(method: string, path: string, headers: Record<string, string>): Promise<"in" | 401 | 403> {
  const url = new URL(path.replaceAll(/:\w+/g, encodeURIComponent(UID)), hub.url);
  const stop = new AbortController();
  const answer = await fetch(url, { method, headers, redirect: "manual", signal: stop.signal });
  stop.abort();
  expect(Object.fromEntries(COMMON_HEADERS.map((name) => [name, answer.headers.has(name)]))).toEqual(
    Object.fromEntries(COMMON_HEADERS.map((name) => [name, true])),
  );
  if (answer.headers.get("location")?.includes("/login")) return 401;
  return answer.status === 401 || answer.status === 403 ? answer.status : "in";
}

test("every route says what it needs", () => {
  expect(routes.filter(({ declared }) => declared === null).map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  expect(routes.length).toBeGreaterThan(25);
});

describe.each(people)("%s", (_, role, headers) => {
  test.each(routes.map(({ method, path, declared }) => [method, path, declared?.need ?? "admin"] as const))(
    "%s %s (%s)",
    async (method, path, need) => {
      const expected = permits(role, need) ? "in" : role === null ? 401 : 403;
      expect(await ask(method, path, headers())).toBe(expected);
      const [username] = Object.entries(sessions).find(([, cookie]) => cookie === headers().cookie) ?? [];
      if (path === "/api/logout" && username !== undefined) await logIn(username);
    },
  );
});

test("only these are open to strangers", () => {
  const open = routes
    .filter(({ declared }) => declared?.need === "open")
    .map(({ method, path }) => `${method} ${path}`);
  const known =
    /^(GET|POST) \/(api\/(auth|login|logout)|login|assets\/:file|manifest\.webmanifest|favicon\.ico|view\/\w+|healthz|readyz)$/;
  expect(open.filter((route) => !known.test(route))).toEqual([]);
});

test("nothing that changes anything needs less than an operator", () => {
  const soft = routes.filter(
    ({ method, path, declared }) => method === "POST" && declared?.need === "read" && path.startsWith("/api/"),
  );
  expect(soft).toEqual([]);
});

describe("with a session", () => {
  test("no GET changes anything: reload is by POST, or by a token", async () => {
    const url = new URL("/api/admin/reload", hub.url);
    expect((await fetch(url, { headers: { cookie: sessions.root ?? "" } })).status).toBe(405);
    expect((await fetch(url, { method: "POST", headers: { cookie: sessions.root ?? "" } })).status).toBe(200);
    expect((await fetch(url, { headers: bearer(tokens.admin) })).status).toBe(200);
  });
});
