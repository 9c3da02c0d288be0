import { createHmac, randomBytes } from "node:crypto";
import type { Logger } from "../../lib/logger.ts";
import type { Credentials } from "../configuration/configuration.ts";
import { checkPassword } from "./check-password.ts";
import type { LoginLimiter } from "./login-limiter.ts";
import type { Sessions } from "./sessions.ts";

export type LoginResult =
  /** `setCookie`: the header's value; null: no login is required */
  | { readonly ok: true; readonly setCookie: string | null }
  | {
      readonly ok: false;
      /** for people */
      readonly problem: string;
      /** too many tries: whole seconds until the next one; null: wrong name or password */
      readonly retryAfterS: number | null;
    };

/** Who comes in. */
export type Auth = {
  readonly isRequired: () => boolean;
  /** of the session; null: nobody is logged in, or nobody has to be */
  readonly user: (request: Request) => string | null;
  readonly login: (request: Request, username: string, password: string) => Promise<LoginResult>;
  /** @returns the value of Set-Cookie */
  readonly logout: (request: Request) => string;
  /** `Authorization: Basic`, as scripts send it. @returns null where the request has none */
  readonly basic: (request: Request) => Promise<LoginResult> | null;
};

const WRONG = { ok: false, problem: "Invalid username or password", retryAfterS: null } as const;

export function createAuth(deps: {
  /** as configured now; null: no login */
  readonly credentials: () => Credentials | null;
  readonly sessions: Sessions;
  readonly limiter: LoginLimiter;
  /** of the client's end of the connection */
  readonly clientAddress: (request: Request) => string;
  readonly log: Logger;
}): Auth {
  const { credentials, sessions, limiter, clientAddress, log } = deps;
  const verify = oneAtATime();
  const remembered = createMemory();

  async function check(request: Request, given: Credentials, expected: Credentials): Promise<LoginResult> {
    const address = clientAddress(request);
    const waitMs = limiter.take(address, given.username);
    if (waitMs !== null) return tooMany(waitMs);
    if (!(await verify(() => checkPassword(given, expected)))) {
      log.warn(`Wrong user name or password from ${address}`);
      return WRONG;
    }
    limiter.giveBack(address, given.username);
    return { ok: true, setCookie: null };
  }

  return {
    isRequired: () => credentials() !== null,
    user(request) {
      const expected = credentials();
      return expected === null ? null : (sessions.of(request, expected)?.username ?? null);
    },
    async login(request, username, password) {
      const expected = credentials();
      if (expected === null) return { ok: true, setCookie: null };
      const result = await check(request, { username, password }, expected);
      return result.ok ? { ok: true, setCookie: sessions.begin(request, expected) } : result;
    },
    logout: (request) => sessions.end(request, credentials()),
    basic(request) {
      const expected = credentials();
      const given = readBasic(request.headers.get("authorization"));
      if (given === null) return null;
      if (expected === null || remembered.has(given, expected)) return Promise.resolve({ ok: true, setCookie: null });
      return check(request, given, expected).then((result) => {
        if (result.ok) remembered.add(given, expected);
        return result;
      });
    },
  };
}

const tooMany = (waitMs: number): LoginResult => {
  const retryAfterS = Math.ceil(waitMs / 1_000);
  return { ok: false, problem: `Too many tries; wait ${retryAfterS} s`, retryAfterS };
};

function readBasic(header: string | null): Credentials | null {
  const encoded = /^Basic +([\w+/=-]+)$/i.exec(header ?? "")?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return { username: colon < 0 ? text : text.slice(0, colon), password: colon < 0 ? "" : text.slice(colon + 1) };
}

/** argon2id takes 64 MB and tens of milliseconds by design: many at once would stop the hub. */
function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}

/** The last Basic login that was right, so that a script's thousand requests cost one argon2id. */
function createMemory() {
  const key = randomBytes(32);
  let known = "";
  const digest = (...parts: readonly Credentials[]) =>
    createHmac("sha256", key).update(JSON.stringify(parts)).digest("hex");
  return {
    has: (given: Credentials, expected: Credentials) => known === digest(given, expected),
    add(given: Credentials, expected: Credentials): void {
      known = digest(given, expected);
    },
  };
}
