import { describe, expect, test } from "bun:test";
import type { Account } from "../../domain/access.ts";
import type { Role } from "../../domain/role.ts";
import { createLogger } from "../../lib/logger.ts";
import { createAuth } from "./auth.ts";
import { createLoginLimiter } from "./login-limiter.ts";
import { createSessions } from "./sessions.ts";

const ann = { username: "ann", password: "test", role: "operator", access: null } as const;

/** A hub behind a proxy that says who comes, in a header. */
function behindProxy(role: Role | null) {
  const ended = { has: () => false, add: () => {} };
  const find = (name: string) => (name === ann.username ? ann : null);
  return createAuth({
    accounts: () => ({ users: [ann], tokens: [] }),
    sessions: createSessions({ key: "k", basePath: "", find, ended, now: Date.now, isHttps: () => false }),
    limiter: createLoginLimiter(() => 0),
    clientAddress: () => "10.0.0.1",
    log: createLogger("ERROR", () => {}),
    now: Date.now,
    proxyLogin: { isUsed: () => true, name: (request) => request.headers.get("x-user"), role: () => role },
  });
}

const from = (user: string) => new Request("http://localhost/", { headers: user === "" ? {} : { "x-user": user } });

describe("whom a proxy has let in", () => {
  test.each<[string, Role | null, Account | null]>([
    ["ann", null, { name: "ann", role: "operator", access: null }],
    ["bob", "viewer", { name: "bob", role: "viewer", access: null }],
    ["bob", null, null],
    ["", "viewer", null],
  ])("as %s, where others are %s, is %j", async (user, role, account) => {
    const auth = behindProxy(role);
    const request = from(user);
    expect(await auth.who(request)).toEqual(account);
    expect(await auth.who(request)).toEqual(account);
    expect(auth.account(request)).toEqual(account);
  });
  test("comes as by a cookie, which other sites' requests bring along too", async () => {
    const auth = behindProxy("viewer");
    const request = from("ann");
    await auth.admit(request);
    expect(auth.byCookie(request)).toBe(true);
  });
});
