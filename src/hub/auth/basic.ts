import { createHmac, randomBytes } from "node:crypto";
import type { Credentials } from "../configuration/credentials.ts";

/** `Authorization: Basic`, as scripts send it; null: the request has none. */
export function readBasic(header: string | null): Credentials | null {
  const encoded = /^Basic +([\w+/=-]+)$/i.exec(header ?? "")?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return { username: colon < 0 ? text : text.slice(0, colon), password: colon < 0 ? "" : text.slice(colon + 1) };
}

const MAX_REMEMBERED = 1_000;

/** The Basic logins that were right, so that a script's thousand requests cost one argon2id. */
export function createBasicMemory() {
  const key = randomBytes(32);
  const known = new Map<string, string>();
  const digest = (...parts: readonly Credentials[]) =>
    createHmac("sha256", key)
      .update(JSON.stringify(parts.map(({ username, password }) => [username, password])))
      .digest("hex");
  return {
    has: (given: Credentials, expected: Credentials) => known.get(expected.username) === digest(given, expected),
    add(given: Credentials, expected: Credentials): void {
      if (known.size >= MAX_REMEMBERED) known.clear();
      known.set(expected.username, digest(given, expected));
    },
  };
}
