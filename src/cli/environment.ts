import { isAbsolute, join } from "node:path";

/** What the command line takes from the environment; read once, by the command file. */
export type CliEnvironment = Readonly<Record<string, string | undefined>>;

const folder = (env: CliEnvironment, variable: string, fallback: string): string | null => {
  const given = env[variable];
  // The XDG base directory specification tells to pass over relative paths.
  if (given && isAbsolute(given)) return join(given, "multivisor");
  return env.HOME ? join(env.HOME, fallback, "multivisor") : null;
};

/** Where `login` keeps what it was given; null: there is no place for it. */
export const loginFile = (env: CliEnvironment): string | null => {
  const at = folder(env, "XDG_CONFIG_HOME", ".config");
  return at === null ? null : join(at, "cli.json");
};

/** What was typed at the prompt. */
export const historyFile = (env: CliEnvironment): string | null => {
  const at = folder(env, "XDG_STATE_HOME", ".local/state");
  return at === null ? null : join(at, "cli-history");
};
