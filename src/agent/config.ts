import { MultivisorError, messageOf } from "../domain/errors.ts";
import { isRight, RIGHTS, type Right } from "../domain/rights.ts";
import { type BindAddress, parseBindAddress } from "../lib/bind-address.ts";
import { LOG_LEVELS, type LogLevel } from "../lib/logger.ts";
import { DEFAULT_AGENT_PORT } from "../protocol/agent-constants.ts";
import { openToOthers } from "./secret-file.ts";
import type { TlsFiles, TlsPaths } from "./tls-files.ts";

/** Who may come in, and what for. Read again at SIGHUP. */
export type AgentDoor = {
  readonly bind: BindAddress;
  /** null: everyone may enter */
  readonly token: string | null;
  /** null: plain HTTP */
  readonly tls: TlsFiles | null;
  readonly allows: readonly Right[];
  /** files with secrets that others can read */
  readonly warnings: readonly string[];
};

export type AgentConfig = {
  readonly door: AgentDoor;
  /** the first of them that can be written */
  readonly journalPaths: readonly string[];
  readonly logLevel: LogLevel;
  /** the agent's own place in supervisord */
  readonly self: { readonly group: string; readonly name: string };
  /** null where supervisord has no RPC server */
  readonly rpc: { readonly serverUrl: string; readonly username?: string; readonly password?: string } | null;
};

type Environment = Readonly<Record<string, string | undefined>>;
type Flag = "bind" | "journal" | "token-file" | "tls-cert" | "tls-key" | "allow" | "log-level";
export type AgentFlags = { readonly [flag in Flag]?: string | undefined };

/** Flags over environment over defaults. @throws MultivisorError BAD_CONFIG that names the flag */
export async function parseAgentConfig(flags: AgentFlags, env: Environment): Promise<AgentConfig> {
  const self = {
    group: env.SUPERVISOR_GROUP_NAME ?? "multivisor",
    name: env.SUPERVISOR_PROCESS_NAME ?? "multivisor",
  };
  return {
    door: await parseAgentDoor(flags, env),
    journalPaths: flags.journal === undefined ? defaultJournalPaths(env, self.group) : [flags.journal],
    logLevel: parseLogLevel(flags["log-level"] ?? "INFO"),
    self,
    rpc: rpcOf(env),
  };
}

/** @throws as parseAgentConfig */
export async function parseAgentDoor(flags: AgentFlags, env: Environment): Promise<AgentDoor> {
  const tlsPaths = parseTlsPaths(flags["tls-cert"], flags["tls-key"]);
  const secretPaths = [flags["token-file"], tlsPaths?.key].filter((path) => path !== undefined);
  const door = {
    bind: naming("--bind", () => parseBindAddress(flags.bind ?? "", DEFAULT_AGENT_PORT)),
    allows: parseAllow(flags.allow),
    token: await readToken(flags["token-file"], env),
    // What TLS needs is loaded only where it is wanted: memory of every host.
    tls: tlsPaths && (await import("./tls-files.ts").then(({ readTlsFiles }) => readTlsFiles(tlsPaths))),
  };
  const warnings = (await Promise.all(secretPaths.map(openToOthers))).filter((warning) => warning !== null);
  return { ...door, warnings };
}

function naming<T>(flag: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new MultivisorError("BAD_CONFIG", `${flag}: ${messageOf(error)}`);
  }
}

function parseTlsPaths(cert: string | undefined, key: string | undefined): TlsPaths | null {
  if (cert !== undefined && key !== undefined) return { cert, key };
  if (cert === undefined && key === undefined) return null;
  const [given, missing] = cert === undefined ? ["--tls-key", "--tls-cert"] : ["--tls-cert", "--tls-key"];
  throw new MultivisorError("BAD_CONFIG", `${given} without ${missing}: both are needed for TLS`);
}

function parseAllow(text: string | undefined): readonly Right[] {
  if (text === undefined) return RIGHTS;
  const words = text.split(",").map((word) => word.trim());
  const unknown = words.find((word) => !isRight(word));
  if (unknown !== undefined)
    throw new MultivisorError("BAD_CONFIG", `--allow takes ${RIGHTS.join(",")} or some of them, not "${unknown}"`);
  return RIGHTS.filter((right) => words.includes(right));
}

/** One file for each supervisord of a host: what tells them apart is the address of its RPC server. */
function defaultJournalPaths(env: Environment, group: string): string[] {
  const id = new Bun.CryptoHasher("sha256")
    .update(env.SUPERVISOR_SERVER_URL ?? "")
    .digest("hex")
    .slice(0, 8);
  return stateFolders(env).map((folder) => `${folder}/agent-${group}-${id}.sqlite`);
}

/** As lib/state-folder.ts has it; whether a folder can be written shows when the journal is opened. */
function stateFolders(env: Environment): string[] {
  const given = env.STATE_DIRECTORY?.split(":")[0];
  if (given) return [given];
  if (env.XDG_STATE_HOME?.startsWith("/")) return [`${env.XDG_STATE_HOME}/multivisor`];
  return ["/var/lib/multivisor", ...(env.HOME ? [`${env.HOME}/.local/state/multivisor`] : [])];
}

async function readToken(path: string | undefined, env: Environment): Promise<string | null> {
  const text = path === undefined ? env.MULTIVISOR_AGENT_TOKEN : await readTokenFile(path);
  const token = text?.trim() ?? null;
  const place = path === undefined ? "MULTIVISOR_AGENT_TOKEN" : path;
  if (token === "") throw new MultivisorError("BAD_CONFIG", `${place} is empty`);
  if (token !== null && !/^[\x21-\x7e]+$/.test(token))
    throw new MultivisorError("BAD_CONFIG", `${place} does not hold one token: no spaces, ASCII alone`);
  return token;
}

async function readTokenFile(path: string): Promise<string> {
  try {
    return await Bun.file(path).text();
  } catch (error) {
    throw new MultivisorError("BAD_CONFIG", `--token-file: ${messageOf(error)}`);
  }
}

function parseLogLevel(text: string): LogLevel {
  const level = LOG_LEVELS.find((one) => one === text.toUpperCase());
  if (level === undefined)
    throw new MultivisorError("BAD_CONFIG", `--log-level is one of ${LOG_LEVELS.join(", ")}, not "${text}"`);
  return level;
}

function rpcOf(env: Environment): AgentConfig["rpc"] {
  const { SUPERVISOR_SERVER_URL: serverUrl, SUPERVISOR_USERNAME: username, SUPERVISOR_PASSWORD: password } = env;
  if (!serverUrl) return null;
  return { serverUrl, ...(username ? { username } : {}), ...(password ? { password } : {}) };
}
