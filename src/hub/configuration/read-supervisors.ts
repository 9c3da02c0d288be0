import type { ConfigFile, ConfigSection } from "../../lib/configparser.ts";
import type { SupervisorConfiguration, Warning } from "./configuration.ts";
import { readCredentials } from "./read-credentials.ts";
import { readTlsKeys, type TlsKeys, tlsOf } from "./read-tls.ts";
import { type ReadFile, readToken } from "./read-token.ts";
import { createSectionReader } from "./section-reader.ts";
import { readAddress, sameAddress } from "./supervisor-address.ts";
import { SUPERVISOR_PREFIX } from "./unknown-keys.ts";

/** What [global] says for supervisors that say nothing themselves. */
export type SupervisorDefaults = { readonly token: string | null; readonly tls: TlsKeys };

export function readSupervisors(fileName: string, file: ConfigFile, defaults: SupervisorDefaults, readFile: ReadFile) {
  const supervisors: SupervisorConfiguration[] = [];
  const warnings: Warning[] = [];
  const lineOfName = new Map<string, number>();
  const firstAt = new Map<string, string>();
  for (const section of file.sections.filter(({ name }) => name.startsWith(SUPERVISOR_PREFIX))) {
    const supervisor = readSupervisor(fileName, section, defaults, readFile);
    const line = lineOfName.get(supervisor.name);
    if (line !== undefined)
      createSectionReader(fileName, section).fail(
        null,
        `the supervisor "${supervisor.name}" is there twice, first in line ${line}; rename or remove one`,
      );
    lineOfName.set(supervisor.name, section.line);
    const place = sameAddress(supervisor.address);
    const other = firstAt.get(place);
    if (other === undefined) firstAt.set(place, supervisor.name);
    else
      warnings.push(
        `${fileName}:${section.line}: "${supervisor.name}" and "${other}" have the same address ${supervisor.url}; give each its own`,
      );
    supervisors.push(supervisor);
  }
  if (supervisors.length === 0)
    warnings.push(`${fileName}: no supervisors; add a section [supervisor:NAME] with url=host:port`);
  return { supervisors, warnings };
}

function readSupervisor(
  fileName: string,
  section: ConfigSection,
  defaults: SupervisorDefaults,
  readFile: ReadFile,
): SupervisorConfiguration {
  const reader = createSectionReader(fileName, section);
  const name = section.name.slice(SUPERVISOR_PREFIX.length).trim();
  if (name === "") reader.fail(null, "[supervisor:] has no name; write [supervisor:NAME]");
  const urlText = reader.text("url").trim();
  const { basic, ...place } = reader.attempt("url", () => readAddress(urlText, name));
  // What [DEFAULT] says of them came with [global].
  const own = { ...reader, text: (key: string) => (section.own.has(key) ? reader.text(key) : "") };
  return {
    name,
    ...place,
    secrets: { token: readToken(own, fileName, readFile) ?? defaults.token, basic: readCredentials(reader) ?? basic },
    tls: tlsOf(place.address, readTlsKeys(own, fileName, readFile), defaults.tls, reader.fail),
  };
}
