import { createHash, timingSafeEqual } from "node:crypto";
import type { Credentials } from "../configuration/credentials.ts";

/**
 * Whose name and password these are. Takes the same work whether the name is known or not, and whatever kind of password
 * it has.
 */
export async function findUser<U extends Credentials>(given: Credentials, users: readonly U[]): Promise<U | null> {
  // Verified where the user has no such hash, so that all take the same time.
  const anyHash = users.map(({ password }) => password).find(isArgon) ?? null;
  const named = users.filter(({ username }) => equalTexts(given.username, username))[0] ?? null;
  const hash = named !== null && isArgon(named.password) ? named.password : anyHash;
  // Bun refuses to hash nothing, and nobody can have chosen it.
  const argonMatches =
    hash !== null && given.password !== "" && (await Bun.password.verify(given.password, hash).catch(() => false));
  if (named === null) return null;
  const matches = isArgon(named.password) ? argonMatches : matchesOldPassword(given.password, named.password);
  return matches ? named : null;
}

const isArgon = (kept: string): boolean => kept.startsWith("$argon2id$");

/** @param kept `{SHA}` and 40 hex digits, or plain text */
function matchesOldPassword(password: string, kept: string): boolean {
  // No password: a proxy lets this one in.
  if (kept === "") return false;
  if (!kept.startsWith("{SHA}")) return equalTexts(password, kept);
  return equalTexts(createHash("sha1").update(password).digest("hex"), kept.slice(5).toLowerCase());
}

/** Hashed first, so that neither content nor length shows in the time it takes. */
export function equalTexts(a: string, b: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
