import { readFileSync } from "node:fs";
import { MultivisorError, messageOf } from "../../domain/errors.ts";
import { type ConfigFile, type ConfigSection, parseConfig } from "../../lib/configparser.ts";
import type { Configuration, Warning } from "./configuration.ts";
import { readAccounts } from "./read-accounts.ts";
import { readFront } from "./read-front.ts";
import { readHistoryKeys } from "./read-history-keys.ts";
import { readSupervisors } from "./read-supervisors.ts";
import { readTlsKeys } from "./read-tls.ts";
import { type ReadFile, readToken } from "./read-token.ts";
import { isSecretKey } from "./secret-keys.ts";
import { atLine, createSectionReader, type SectionReader } from "./section-reader.ts";
import { GLOBAL_KEYS, unknownKeys } from "./unknown-keys.ts";

export type ReadConfiguration = { readonly configuration: Configuration; readonly warnings: readonly Warning[] };

const readText: ReadFile = (path) => readFileSync(path, "utf8");

/** @throws MultivisorError BAD_CONFIG "FILE:LINE: what; what to do" */
export function readConfigurationFile(fileName: string, readFile: ReadFile = readText): ReadConfiguration {
  return readConfiguration(readConfigurationText(fileName, readFile), fileName, readFile);
}

/** @throws MultivisorError BAD_CONFIG */
export function readConfigurationText(fileName: string, readFile: ReadFile = readText): string {
  try {
    return readFile(fileName);
  } catch (error) {
    throw new MultivisorError(
      "BAD_CONFIG",
      `Cannot read the configuration ${fileName}: ${messageOf(error)}; create it or name another with -c`,
    );
  }
}

/**
 * @param fileName for messages, and to find token files beside it
 * @throws MultivisorError BAD_CONFIG "FILE:LINE: what; what to do"
 */
export function readConfiguration(text: string, fileName: string, readFile: ReadFile = readText): ReadConfiguration {
  const file = atLine(fileName, () => parseConfig(text));
  const global = globalSection(file);
  const section = createSectionReader(fileName, global);
  const front = readFront(section, fileName);
  const { accounts, warnings: loginWarnings } = readAccounts(fileName, file, global, front.loginHeader !== null);
  const token = readToken(section, fileName, readFile);
  const tls = readTlsKeys(section, fileName, readFile);
  const { supervisors, warnings } = readSupervisors(fileName, file, { token, tls }, readFile);
  const name = section.text("name") || "multivisor";
  return {
    configuration: {
      name,
      hideAgents: readBoolean(section, "hide_agents", false),
      accounts,
      front,
      supervisors,
      history: readHistoryKeys(section),
      globals: readGlobals(global, section, name),
    },
    warnings: [...unknownKeys(fileName, file), ...loginWarnings, ...warnings],
  };
}

/** Line 1 where there is no [global]: only [DEFAULT] can be wrong then, and that knows its own lines. */
const globalSection = (file: ConfigFile): ConfigSection =>
  file.sections.find(({ name }) => name === "global") ?? {
    name: "global",
    line: 1,
    own: new Map(),
    values: file.defaults,
  };

const BOOLEANS = new Map([
  ...["1", "yes", "true", "on"].map((word) => [word, true] as const),
  ...["0", "no", "false", "off"].map((word) => [word, false] as const),
]);

function readBoolean(section: SectionReader, key: string, otherwise: boolean): boolean {
  const text = section.text(key);
  if (text === "") return otherwise;
  return BOOLEANS.get(text.toLowerCase()) ?? section.fail(key, `"${text}" for "${key}"; use true or false`);
}

/** Multivisor 6 put all of [global] but the login into /api/data; we put what we know and is no secret. */
function readGlobals(global: ConfigSection, section: SectionReader, name: string): Record<string, string> {
  const open = GLOBAL_KEYS.filter(
    (key) =>
      !isSecretKey(key) &&
      !/^(?:username$|token_file$|tls|trusted_|login_|allowed_)/.test(key) &&
      global.values.has(key),
  );
  return { ...Object.fromEntries(open.map((key) => [key, section.text(key)])), name };
}
