import type { Credentials } from "./credentials.ts";
import type { SectionReader } from "./section-reader.ts";

/**
 * `username` and `password` of a section.
 * @throws MultivisorError where only one is set: a login meant and not asked for would leave the door open
 */
export function readCredentials(section: SectionReader): Credentials | null {
  const username = section.text("username");
  const password = section.text("password");
  if (username === "" && password === "") return null;
  if (username === "") section.fail("password", "password without username; set both or none");
  if (password === "") section.fail("username", "username without password; set both or none");
  return { username, password };
}

/**
 * `username` and `password` of [global], which people log in with.
 * @returns null for an open hub
 */
export function readLogin(section: SectionReader): { credentials: Credentials; warning: string | null } | null {
  const credentials = readCredentials(section);
  if (credentials === null) return null;
  return { credentials, warning: checkedPassword(section, credentials.password) };
}

/**
 * @returns what to warn of; null: nothing
 * @throws MultivisorError BAD_CONFIG where it is a hash that cannot be read
 */
export function checkedPassword(section: SectionReader, password: string): string | null {
  if (password.startsWith("$argon2id$")) {
    if (!/^\$argon2id\$v=19\$[mtp=,\d]+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$/.test(password))
      section.fail("password", "cannot read the argon2id hash; write it as $argon2id$v=19$m=…,t=…,p=…$salt$hash");
    return null;
  }
  if (!password.startsWith("{SHA}"))
    return "the password is plain text; an argon2id hash ($argon2id$…) would not give it away";
  if (!/^\{SHA\}[0-9a-fA-F]{40}$/.test(password))
    section.fail("password", "cannot read the {SHA} password; write {SHA} and the SHA-1 as 40 hex digits");
  return "a SHA-1 password is quickly guessed; use an argon2id hash ($argon2id$…)";
}
