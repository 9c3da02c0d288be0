import type { HubUrl } from "../../protocol/hub-url.ts";
import { type CliEnvironment, loginFile } from "../environment.ts";
import { readLogins } from "./saved-logins.ts";
import { readTokenFile } from "./token-file.ts";

export const DEFAULT_URL = "localhost:22000";

/**
 * Which hub to ask and as whom: `--url`, else MULTIVISOR_URL, else the hub of `login`, else this machine's. A token file
 * comes before what the url names, and that before what `login` kept for the same hub.
 * @param parse throws MultivisorError BAD_CONFIG with the source of the text
 */
export function chooseHub(
  env: CliEnvironment,
  flag: string | undefined,
  tokenFile: string | undefined,
  parse: (text: string, source: string) => HubUrl,
): HubUrl {
  const { current, hubs } = readLogins(loginFile(env));
  const variable = env.MULTIVISOR_URL || undefined;
  const source = flag !== undefined ? "--url" : variable !== undefined ? "MULTIVISOR_URL" : "login";
  const url = parse(flag ?? variable ?? current ?? DEFAULT_URL, source);
  if (tokenFile !== undefined) return { base: url.base, authorization: `Bearer ${readTokenFile(tokenFile)}` };
  if (url.authorization !== null) return url;
  const saved = hubs[url.base];
  return { ...url, authorization: saved?.authorization ?? null, ...(saved?.cookie && { cookie: saved.cookie }) };
}
