import { parseAccess } from "../../domain/access.ts";
import { isRole, ROLES, type Role } from "../../domain/role.ts";
import type { ConfigFile, ConfigSection } from "../../lib/configparser.ts";
import type { Accounts, TokenAccount, UserAccount } from "./accounts.ts";
import type { Warning } from "./configuration.ts";
import { checkedPassword, readLogin } from "./read-credentials.ts";
import { createSectionReader, type SectionReader } from "./section-reader.ts";
import { TOKEN_PREFIX, USER_PREFIX } from "./unknown-keys.ts";

export type ReadAccounts = { readonly accounts: Accounts; readonly warnings: readonly Warning[] };

/**
 * `username` of [global], [user:NAME] and [token:NAME].
 * @param proxyLogsIn users need no password: a proxy says who they are
 * @throws MultivisorError BAD_CONFIG
 */
export function readAccounts(
  fileName: string,
  file: ConfigFile,
  global: ConfigSection,
  proxyLogsIn = false,
): ReadAccounts {
  const warnings: Warning[] = [];
  const users = [...readGlobalUser(fileName, global, warnings)];
  const tokens: TokenAccount[] = [];
  for (const section of file.sections) {
    const reader = createSectionReader(fileName, section);
    if (section.name.startsWith(USER_PREFIX)) {
      const user = readUser(fileName, section, reader, { warnings, proxyLogsIn });
      if (users.some(({ username }) => username === user.username))
        reader.fail(null, `the user "${user.username}" is there twice; rename or remove one`);
      users.push(user);
    }
    if (section.name.startsWith(TOKEN_PREFIX)) tokens.push(readToken(section, reader));
  }
  return { accounts: { users, tokens }, warnings };
}

/** Multivisor 6 knows of this one only, who may do everything. */
function* readGlobalUser(fileName: string, global: ConfigSection, warnings: Warning[]): Generator<UserAccount> {
  const login = readLogin(createSectionReader(fileName, global));
  if (login === null) return;
  if (login.warning !== null) warnings.push(at(fileName, global, login.warning));
  yield { ...login.credentials, role: "admin", access: null };
}

function readUser(
  fileName: string,
  section: ConfigSection,
  reader: SectionReader,
  { warnings, proxyLogsIn }: { warnings: Warning[]; proxyLogsIn: boolean },
): UserAccount {
  const username = nameOf(section, USER_PREFIX, reader);
  const password = section.own.has("password") ? reader.text("password") : "";
  if (password === "" && proxyLogsIn) return { username, password, ...readRights(section, reader) };
  if (password === "")
    reader.fail(null, "a user without password; set password to what multivisor hub hash-password prints");
  const warning = checkedPassword(reader, password);
  if (warning !== null) warnings.push(at(fileName, section, warning));
  return { username, password, ...readRights(section, reader) };
}

function readToken(section: ConfigSection, reader: SectionReader): TokenAccount {
  const name = nameOf(section, TOKEN_PREFIX, reader);
  const sha256 = reader.text("sha256").trim().toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(sha256))
    reader.fail("sha256", "sha256 is 64 hex digits of the token's hash; multivisor hub new-token makes both");
  return { name, sha256, ...readRights(section, reader), expiresMs: readExpiry(reader) };
}

function nameOf({ name }: ConfigSection, prefix: string, reader: SectionReader): string {
  const own = name.slice(prefix.length).trim();
  return own === "" ? reader.fail(null, `[${prefix}] has no name; write [${prefix}NAME]`) : own;
}

/** Somebody whose role was forgotten may look, and nothing more. */
function readRights(section: ConfigSection, reader: SectionReader) {
  const text = section.own.has("role") ? reader.text("role").trim().toLowerCase() : "viewer";
  const role: Role = isRole(text) ? text : reader.fail("role", `"${text}" for "role"; use ${ROLES.join(", ")}`);
  const filter = section.own.has("filter") ? reader.text("filter").trim() : "";
  const access = reader.attempt("filter", () => parseAccess(filter));
  // A filter that says nothing would let them see everything.
  if (filter !== "" && access === null) reader.fail("filter", `the filter "${filter}" says nothing; complete it`);
  return { role, access };
}

/** A date alone means its beginning, UTC. */
function readExpiry(reader: SectionReader): number | null {
  const text = reader.text("expires").trim();
  if (text === "") return null;
  const ms = Date.parse(text);
  return /^\d{4}-\d\d-\d\d/.test(text) && Number.isFinite(ms)
    ? ms
    : reader.fail("expires", `"${text}" for "expires"; use a date such as 2027-12-31`);
}

const at = (fileName: string, section: ConfigSection, warning: string): Warning =>
  `${fileName}:${section.values.get("password")?.line ?? section.line}: ${warning}`;
