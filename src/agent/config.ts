import { MultivisorError, messageOf } from "../domain/errors.ts";
import { type BindAddress, parseBindAddress } from "../lib/bind-address.ts";
import { LOG_LEVELS, type LogLevel } from "../lib/logger.ts";
import { DEFAULT_AGENT_PORT } from "../protocol/agent-constants.ts";

export type AgentConfig = {
  readonly bind: BindAddress;
  /** the first of them that can be written */
  readonly journalPaths: readonly string[];
  /** null: everyone may enter */
  readonly token: string | null;
  readonly logLevel: LogLevel;
  /** the agent's own place in supervisord */
  readonly self: { readonly group: string; readonly name: string };
  /** null where supervisord has no RPC server */
  readonly rpc: { readonly serverUrl: string; readonly username?: string; readonly password?: string } | null;
};

type Environment = Readonly<Record<string, string | undefined>>;
type Flags = { readonly [flag in "bind" | "journal" | "token-file" | "log-level"]?: string | undefined };

/** Flags over environment over defaults. @throws MultivisorError BAD_CONFIG that names the flag */
export async function parseAgentConfig(flags: Flags, env: Environment): Promise<AgentConfig> {
  const self = {
    group: env.SUPERVISOR_GROUP_NAME ?? "multivisor",
    name: env.SUPERVISOR_PROCESS_NAME ?? "multivisor",
  };
  return {
    bind: naming("--bind", () => parseBindAddress(flags.bind ?? "", DEFAULT_AGENT_PORT)),
    journalPaths: flags.journal === undefined ? defaultJournalPaths(env, self.group) : [flags.journal],
    token: await readToken(flags["token-file"], env),
    logLevel: parseLogLevel(flags["log-level"] ?? "INFO"),
    self,
    rpc: rpcOf(env),
  };
}

function naming<T>(flag: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new MultivisorError("BAD_CONFIG", `${flag}: ${messageOf(error)}`);
  }
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
  if (token === "")
    throw new MultivisorError("BAD_CONFIG", `${path === undefined ? "MULTIVISOR_AGENT_TOKEN" : path} is empty`);
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
