import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Credentials } from "../configuration/credentials.ts";
import type { EndedSessions } from "../store/store.ts";

export const SESSION_S = 30 * 24 * 3_600;

export type Session = { readonly id: string; readonly username: string; readonly expiresMs: number };

export type Sessions = {
  /** The session of the request's cookie; null: none, or no longer valid. */
  readonly of: (request: Request) => Session | null;
  /** A new one; that of the request ends. @returns the value of Set-Cookie */
  readonly begin: (request: Request, credentials: Credentials) => string;
  /** Ends it wherever its cookie was copied to. @returns the value of Set-Cookie */
  readonly end: (request: Request) => string;
};

/**
 * Sessions as signed cookies: they outlive the hub, and the hub need not write anything for one to begin.
 * @param key signs; the credentials sign with it, so a changed password ends all sessions of that user
 * @param find a user by name; null: there is none any more
 * @param isHttps how the browser came, which a proxy may know better
 * @param basePath "" or "/path": the cookie goes there only
 * @param now epoch ms
 */
export function createSessions(deps: {
  readonly key: string;
  readonly basePath: string;
  readonly find: (username: string) => Credentials | null;
  readonly ended: EndedSessions;
  readonly now: () => number;
  readonly isHttps: (request: Request) => boolean;
}): Sessions {
  const { key, basePath, find, ended, now, isHttps } = deps;
  // Cookies do not tell ports apart: two hubs on one host must not overwrite each other's.
  const name = `multivisor-${hmac(key, "cookie name").toString("hex").slice(0, 8)}`;
  const cookie = (request: Request, value: string, maxAgeS: number) =>
    `${name}=${value}; Path=${basePath}/; Max-Age=${maxAgeS}; HttpOnly; SameSite=Lax${isHttps(request) ? "; Secure" : ""}`;
  const sign = (text: string, { username, password }: Credentials) =>
    hmac(hmac(key, JSON.stringify(["session", username, password])), text).toString("base64url");

  function of(request: Request): Session | null {
    const [id = "", expires = "", who = "", signature = ""] = cookieOf(request, name)?.split(".") ?? [];
    const expiresMs = Number(expires) * 1_000;
    const credentials = find(Buffer.from(who, "base64url").toString());
    if (credentials === null || !equal(signature, sign(`${id}.${expires}.${who}`, credentials))) return null;
    if (!(expiresMs > now()) || ended.has(id)) return null;
    return { id, username: credentials.username, expiresMs };
  }

  function endOf(request: Request): void {
    const session = of(request);
    if (session !== null) ended.add(session.id, session.expiresMs);
  }

  return {
    of,
    begin(request, credentials) {
      endOf(request);
      const who = Buffer.from(credentials.username).toString("base64url");
      const text = `${randomBytes(16).toString("hex")}.${Math.floor(now() / 1_000) + SESSION_S}.${who}`;
      return cookie(request, `${text}.${sign(text, credentials)}`, SESSION_S);
    },
    end(request) {
      endOf(request);
      return cookie(request, "", 0);
    },
  };
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function cookieOf(request: Request, name: string): string | undefined {
  const pairs = request.headers.get("cookie")?.split(";") ?? [];
  return pairs
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}
