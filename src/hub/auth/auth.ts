import type { Account } from "../../domain/access.ts";
import type { Role } from "../../domain/role.ts";
import type { Logger } from "../../lib/logger.ts";
import { type Accounts, isOpen, type UserAccount } from "../configuration/accounts.ts";
import type { Credentials } from "../configuration/credentials.ts";
import { createBasicMemory, readBasic } from "./basic.ts";
import { findUser } from "./check-password.ts";
import type { LoginLimiter } from "./login-limiter.ts";
import type { Sessions } from "./sessions.ts";
import { bearerOf, findToken } from "./tokens.ts";

export type LoginResult =
  /** `setCookie`: the header's value; null: no login is required */
  { readonly ok: true; readonly setCookie: string | null } | LoginFailure;

type LoginFailure = {
  readonly ok: false;
  /** for people */
  readonly problem: string;
  /** too many tries: whole seconds until the next one; null: wrong name or password */
  readonly retryAfterS: number | null;
};

export type Admission = { readonly ok: true; readonly account: Account } | LoginFailure;

/** What is told of logins. */
export type LoginEvent = {
  /** login_refused: not even tried, there were too many */
  readonly what: "login" | "login_failed" | "login_refused" | "logout";
  readonly request: Request;
  readonly user: string;
  readonly detail: string;
};

/** Who comes in. */
export type Auth = {
  readonly isRequired: () => boolean;
  /**
   * Whoever sent the request, by session, `Authorization: Basic` or Bearer; null: nobody that we know. Asked once for
   * each request, before its route; `account` then answers at once.
   */
  readonly admit: (request: Request) => Promise<Admission | null>;
  /** @returns null where nobody is logged in */
  readonly account: (request: Request) => Account | null;
  /** The same, of a request that has not been admitted. */
  readonly who: (request: Request) => Promise<Account | null>;
  /** Did it come in by a cookie, which a browser sends along by itself? */
  readonly byCookie: (request: Request) => boolean;
  readonly login: (request: Request, username: string, password: string) => Promise<LoginResult>;
  /** @returns the value of Set-Cookie */
  readonly logout: (request: Request) => string;
};

/** Reverse proxies that let people in themselves. */
export type ProxyLogin = {
  readonly isUsed: () => boolean;
  /** whom the proxy has let in; null: nobody, or it was no proxy of ours */
  readonly name: (request: Request) => string | null;
  /** of those whom no [user:NAME] knows; null: they are not let in */
  readonly role: () => Role | null;
};

const WRONG = { ok: false, problem: "Invalid username or password", retryAfterS: null } as const;
/** Without accounts everybody may do everything. */
const EVERYBODY: Account = { name: null, role: "admin", access: null };

export function createAuth(deps: {
  /** as configured now */
  readonly accounts: () => Accounts;
  readonly sessions: Sessions;
  readonly limiter: LoginLimiter;
  /** of the client's end of the connection */
  readonly clientAddress: (request: Request) => string;
  readonly log: Logger;
  /** epoch ms */
  readonly now: () => number;
  readonly onEvent?: (event: LoginEvent) => void;
  readonly proxyLogin?: ProxyLogin;
}): Auth {
  const { accounts, sessions, limiter, clientAddress, log, now, proxyLogin, onEvent = () => {} } = deps;
  const isOpenToAll = () => isOpen(accounts()) && proxyLogin?.isUsed() !== true;
  const verify = oneAtATime();
  const remembered = createBasicMemory();
  const admitted = new WeakMap<Request, Account>();
  const cookies = new WeakSet<Request>();

  async function check(request: Request, given: Credentials): Promise<LoginFailure | { ok: true; user: UserAccount }> {
    const address = clientAddress(request);
    const waitMs = limiter.take(address, given.username);
    if (waitMs !== null) {
      const refusal = tooMany(waitMs);
      onEvent({ what: "login_refused", request, user: given.username, detail: refusal.problem });
      return refusal;
    }
    const user = await verify(() => findUser(given, accounts().users));
    if (user === null) {
      log.warn(`Wrong user name or password from ${address}`);
      onEvent({ what: "login_failed", request, user: given.username, detail: WRONG.problem });
      return WRONG;
    }
    limiter.giveBack(address, given.username);
    return { ok: true, user };
  }

  async function basic(request: Request, given: Credentials): Promise<Admission> {
    const known = accounts().users.find((user) => remembered.has(given, user));
    if (known !== undefined) return { ok: true, account: accountOf(known) };
    const result = await check(request, given);
    if (!result.ok) return result;
    remembered.add(given, result.user);
    return { ok: true, account: accountOf(result.user) };
  }

  function bySession(request: Request): Account | null {
    const session = sessions.of(request);
    const user = session === null ? undefined : accounts().users.find(({ username }) => username === session.username);
    return user === undefined ? null : accountOf(user);
  }

  /** As ambient as a cookie: other sites' requests come with it too. */
  function byProxy(request: Request): Account | null {
    const name = proxyLogin?.name(request) ?? null;
    if (name === null) return null;
    cookies.add(request);
    const user = accounts().users.find(({ username }) => username === name);
    const role = proxyLogin?.role() ?? null;
    return user !== undefined ? accountOf(user) : role === null ? null : { name, role, access: null };
  }

  /** Whoever shows a token or a password is meant by that, and not by a cookie that came along. */
  async function admission(request: Request): Promise<Admission | null> {
    if (isOpenToAll()) return { ok: true, account: EVERYBODY };
    const token = bearerOf(request);
    if (token !== null) {
      const found = findToken(token, accounts().tokens, now());
      return found === null ? null : { ok: true, account: { ...found, name: `token:${found.name}` } };
    }
    const given = readBasic(request.headers.get("authorization"));
    if (given !== null) return basic(request, given);
    const proxied = byProxy(request);
    if (proxied !== null) return { ok: true, account: proxied };
    const account = bySession(request);
    if (account !== null) cookies.add(request);
    return account === null ? null : { ok: true, account };
  }

  async function admit(request: Request): Promise<Admission | null> {
    const result = await admission(request);
    if (result?.ok) admitted.set(request, result.account);
    return result;
  }

  return {
    isRequired: () => !isOpenToAll(),
    admit,
    account: (request) => admitted.get(request) ?? null,
    async who(request) {
      const known = admitted.get(request);
      if (known !== undefined) return known;
      const admission = await admit(request);
      return admission?.ok ? admission.account : null;
    },
    byCookie: (request) => cookies.has(request),
    async login(request, username, password) {
      if (isOpenToAll()) return { ok: true, setCookie: null };
      const result = await check(request, { username, password });
      if (!result.ok) return result;
      onEvent({ what: "login", request, user: username, detail: "" });
      return { ok: true, setCookie: sessions.begin(request, result.user) };
    },
    logout(request) {
      const session = sessions.of(request);
      if (session !== null) onEvent({ what: "logout", request, user: session.username, detail: "" });
      return sessions.end(request);
    },
  };
}

const accountOf = ({ username, role, access }: UserAccount): Account => ({ name: username, role, access });

const tooMany = (waitMs: number): LoginFailure => {
  const retryAfterS = Math.ceil(waitMs / 1_000);
  return { ok: false, problem: `Too many tries; wait ${retryAfterS} s`, retryAfterS };
};

/** argon2id takes 64 MB and tens of milliseconds by design: many at once would stop the hub. */
function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}
