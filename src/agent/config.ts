import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MultivisorError, messageOf } from "../domain/errors.ts";
import { type BindAddress, parseBindAddress } from "../lib/bind-address.ts";
import { LOG_LEVELS, type LogLevel } from "../lib/logger.ts";
import { defaultStatePath } from "../lib/state-folder.ts";
import { DEFAULT_AGENT_PORT } from "../protocol/agent-constants.ts";

export type AgentConfig = {
  readonly bind: BindAddress;
  readonly journalPath: string;
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
export function parseAgentConfig(flags: Flags, env: Environment): AgentConfig {
  const self = {
    group: env.SUPERVISOR_GROUP_NAME ?? "multivisor",
    name: env.SUPERVISOR_PROCESS_NAME ?? "multivisor",
  };
  return {
    bind: naming("--bind", () => parseBindAddress(flags.bind ?? "", DEFAULT_AGENT_PORT)),
    journalPath: flags.journal ?? defaultJournalPath(env, self.group),
    token: readToken(flags["token-file"], env),
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
function defaultJournalPath(env: Environment, group: string): string {
  const id = new Bun.CryptoHasher("sha256")
    .update(env.SUPERVISOR_SERVER_URL ?? "")
    .digest("hex")
    .slice(0, 8);
  return join(defaultStatePath(env, "multivisor"), `agent-${group}-${id}.sqlite`);
}

function readToken(path: string | undefined, env: Environment): string | null {
  const given =
    path === undefined ? env.MULTIVISOR_AGENT_TOKEN : naming("--token-file", () => readFileSync(path, "utf8"));
  const token = given?.trim() ?? null;
  if (token === "")
    throw new MultivisorError("BAD_CONFIG", `${path === undefined ? "MULTIVISOR_AGENT_TOKEN" : path} is empty`);
  return token;
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
