import { MultivisorError, messageOf } from "../domain/errors.ts";
import { type BindAddress, parseBindAddress } from "../lib/bind-address.ts";
import { LOG_FORMATS, LOG_LEVELS, type LogFormat, type LogLevel } from "../lib/logger.ts";

export const DEFAULT_HUB_PORT = 22_000;
export const DEFAULT_CONFIGURATION = "/etc/multivisor.conf";

/** Where the hub listens; `unix`: a socket in the file system, and nothing else. */
export type HubAddress = BindAddress & { readonly unix?: string };

/** The hub's command line, read once. */
export type HubOptions = {
  readonly configurationFile: string;
  readonly bind: HubAddress;
  /** of the database; null: in the state folder */
  readonly db: string | null;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  /** "" or "/path", without a slash at the end */
  readonly basePath: string;
};

type Flags = Readonly<Record<"config" | "bind" | "db" | "log-level" | "base-path", string | undefined>> & {
  readonly "log-format"?: string | undefined;
};

/** @throws MultivisorError BAD_CONFIG that names the flag */
export function parseHubOptions(flags: Flags): HubOptions {
  return {
    configurationFile: flags.config || DEFAULT_CONFIGURATION,
    bind: parseBind(flags.bind ?? `*:${DEFAULT_HUB_PORT}`),
    db: flags.db || null,
    logFormat: parseLogFormat(flags["log-format"] ?? "text"),
    logLevel: parseLogLevel(flags["log-level"] ?? "INFO"),
    basePath: parseBasePath(flags["base-path"] ?? ""),
  };
}

function parseBind(text: string): HubAddress {
  const unix = /^unix:(?:\/\/)?(\/.+)$/.exec(text)?.[1];
  if (unix !== undefined) return { hostname: "localhost", port: 0, unix };
  try {
    return parseBindAddress(text, DEFAULT_HUB_PORT);
  } catch (error) {
    throw new MultivisorError("BAD_CONFIG", `--bind: ${messageOf(error)}`);
  }
}

function parseLogLevel(text: string): LogLevel {
  const level = LOG_LEVELS.find((known) => known === text.toUpperCase());
  if (level === undefined)
    throw new MultivisorError("BAD_CONFIG", `--log-level is one of ${LOG_LEVELS.join(", ")}, not "${text}"`);
  return level;
}

function parseLogFormat(text: string): LogFormat {
  const format = LOG_FORMATS.find((known) => known === text);
  if (format === undefined)
    throw new MultivisorError("BAD_CONFIG", `--log-format is one of ${LOG_FORMATS.join(", ")}, not "${text}"`);
  return format;
}

function parseBasePath(text: string): string {
  const path = text.replace(/\/+$/, "");
  if (path === "" || /^(\/[\w.~-]+)+$/.test(path)) return path;
  throw new MultivisorError("BAD_CONFIG", `--base-path is a path such as /supervisors, not "${text}"`);
}
