import { accessSync, constants, existsSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The folder where a program keeps what must survive it: `STATE_DIRECTORY` (systemd's), else `XDG_STATE_HOME/<program>`,
 * else `/var/lib/<program>` where that can be written, else `~/.local/state/<program>`. It may not exist yet.
 * @param program name of the folder
 */
export function defaultStatePath(
  env: Environment,
  program: string,
  isWritable: (folder: string) => boolean = isWritableFolder,
): string {
  // systemd gives several folders separated by colons; the first is the main one.
  const given = env.STATE_DIRECTORY?.split(":")[0];
  if (given) return given;
  // The XDG base directory specification tells to pass over relative paths.
  if (env.XDG_STATE_HOME && isAbsolute(env.XDG_STATE_HOME)) return join(env.XDG_STATE_HOME, program);
  const system = join("/var/lib", program);
  if (!env.HOME || isWritable(system)) return system;
  return join(env.HOME, ".local/state", program);
}

/** Can files be made in this folder, or, where it does not exist, the folder itself? */
export function isWritableFolder(folder: string): boolean {
  try {
    accessSync(existsSync(folder) ? folder : dirname(folder), constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
