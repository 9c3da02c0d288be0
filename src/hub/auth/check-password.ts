import { createHash, timingSafeEqual } from "node:crypto";
import type { Credentials } from "../configuration/configuration.ts";

/** Takes the same work whether the name is known or not. */
export async function checkPassword(given: Credentials, expected: Credentials): Promise<boolean> {
  const samePassword = await matchesPassword(given.password, expected.password);
  const sameName = equalTexts(given.username, expected.username);
  return samePassword && sameName;
}

/** @param kept `$argon2id$…`, `{SHA}` and 40 hex digits, or plain text */
async function matchesPassword(password: string, kept: string): Promise<boolean> {
  // Bun refuses to hash nothing, and nobody can have chosen it.
  if (kept.startsWith("$argon2id$"))
    return password !== "" && (await Bun.password.verify(password, kept).catch(() => false));
  if (!kept.startsWith("{SHA}")) return equalTexts(password, kept);
  return equalTexts(createHash("sha1").update(password).digest("hex"), kept.slice(5).toLowerCase());
}

/** Hashed first, so that neither content nor length shows in the time it takes. */
function equalTexts(a: string, b: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
