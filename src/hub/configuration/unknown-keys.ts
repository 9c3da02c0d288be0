import type { ConfigFile, ConfigValue } from "../../lib/configparser.ts";
import { referencesOf } from "../../lib/configparser-interpolation.ts";
import { nearest } from "../../lib/nearest.ts";
import type { Warning } from "./configuration.ts";

const LINK_KEYS = ["token", "token_file", "tls", "tls_ca", "tls_fingerprint"] as const;
const HISTORY_KEYS = ["history_days", "history_max_size"] as const;
const FRONT_KEYS = ["trusted_proxies", "login_header", "login_role", "allowed_hosts", "tls_cert", "tls_key"] as const;
export const GLOBAL_KEYS = [
  ...FRONT_KEYS,
  "name",
  "username",
  "password",
  "hide_agents",
  ...HISTORY_KEYS,
  ...LINK_KEYS,
] as const;
export const SUPERVISOR_KEYS = ["url", ...LINK_KEYS, "username", "password"] as const;
export const USER_KEYS = ["password", "role", "filter"] as const;
export const TOKEN_KEYS = ["sha256", "role", "filter", "expires"] as const;
export const SUPERVISOR_PREFIX = "supervisor:";
export const USER_PREFIX = "user:";
export const TOKEN_PREFIX = "token:";

/** What stands in the file and means nothing to us, with what was probably meant. */
export function unknownKeys(fileName: string, file: ConfigFile): Warning[] {
  const found = [...inDefaults(file)];
  for (const section of file.sections) {
    const known = keysOfSection(section.name);
    if (known === null) found.push({ line: section.line, text: unknownSection(section.name) });
    else found.push(...unknownIn(section.own, known, referencedBy([section.values])));
  }
  return found.sort((a, b) => a.line - b.line).map(({ line, text }) => `${fileName}:${line}: ${text}`);
}

type Found = { readonly line: number; readonly text: string };
type Values = ReadonlyMap<string, ConfigValue>;

function inDefaults(file: ConfigFile): Found[] {
  const used = referencedBy(file.sections.map((section) => section.values));
  return unknownIn(file.defaults, [...new Set([...GLOBAL_KEYS, ...SUPERVISOR_KEYS])], used);
}

function keysOfSection(name: string): readonly string[] | null {
  if (name === "global") return GLOBAL_KEYS;
  if (name.startsWith(USER_PREFIX)) return USER_KEYS;
  if (name.startsWith(TOKEN_PREFIX)) return TOKEN_KEYS;
  return name.startsWith(SUPERVISOR_PREFIX) ? SUPERVISOR_KEYS : null;
}

/** Keys that others refer to by %(key)s are there for a reason. */
const referencedBy = (sections: readonly Values[]): ReadonlySet<string> =>
  new Set(sections.flatMap((values) => [...values.values()].flatMap(({ raw }) => referencesOf(raw))));

const unknownIn = (values: Values, known: readonly string[], used: ReadonlySet<string>): Found[] =>
  [...values.values()]
    .filter(({ key }) => !known.includes(key) && !used.has(key))
    .map(({ key, line }) => {
      const meant = nearest(key, known);
      const advice = meant === null ? `known are ${known.join(", ")}` : `did you mean "${meant}"?`;
      return { line, text: `the key "${key}" is not known and has no effect; ${advice}` };
    });

function unknownSection(name: string): string {
  const [type = "", ...rest] = name.split(":");
  const meant =
    rest.length > 0
      ? nearest(`${type}:`, [SUPERVISOR_PREFIX, USER_PREFIX, TOKEN_PREFIX])
      : nearest(type, ["global", "DEFAULT"]);
  const advice =
    meant === null
      ? "known are [global], [supervisor:NAME], [user:NAME] and [token:NAME]"
      : `did you mean [${meant}${rest.join(":")}]?`;
  return `the section [${name}] is not known and has no effect; ${advice}`;
}
