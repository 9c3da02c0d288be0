import { basename } from "node:path/posix";

/** Where the server of Multivisor 6 looked for its configuration. */
export const DEFAULT_CONFIG = "/etc/multivisor.conf";

/** The programs of Multivisor 6 that ours stands in for when it is called by their name. */
const SUCCEEDED: ReadonlyMap<string, string> = new Map([
  ["multivisor-rpc", "agent"],
  ["multivisor-cli", "cli"],
]);

/**
 * The words of the command line with the subcommand in front, so that service files and supervisord.conf sections of
 * Multivisor 6 need a new path only: `multivisor-rpc --bind …`, `multivisor -c FILE`, and `multivisor` alone where
 * the default configuration file is there.
 * @param argv0 the name by which the program was called, link or path
 */
export function calledAs(argv0: string, words: readonly string[], exists: (path: string) => boolean): string[] {
  const succeeded = SUCCEEDED.get(basename(argv0.replaceAll("\\", "/")).replace(/\.exe$/i, ""));
  if (succeeded !== undefined) return [succeeded, ...words];
  const [first] = words;
  if (first === undefined) return exists(DEFAULT_CONFIG) ? ["hub", "-c", DEFAULT_CONFIG] : [];
  const isHubFlag = first.startsWith("-") && !["--help", "-h", "--version"].includes(first);
  return isHubFlag ? ["hub", ...words] : [...words];
}
