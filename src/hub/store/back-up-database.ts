import { existsSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { MultivisorError, messageOf } from "../../domain/errors.ts";
import { checkHistory, openExisting, refuse } from "./existing-history.ts";

/**
 * Writes a consistent copy of a history that may be in use. Nobody waits for it; the copy is as of its beginning.
 * @throws MultivisorError BAD_CONFIG where there is nothing to copy, or the copy's file is there already
 */
export function backUpDatabase(path: string, file: string): void {
  if (existsSync(file)) refuse(`Cannot write ${file}: it exists already; name another file`);
  const folder = dirname(resolve(file));
  if (!existsSync(folder)) refuse(`Cannot write ${file}: there is no folder ${folder}; make it, or name another file`);
  const client = openExisting(path);
  const partial = `${resolve(file)}.partial`;
  try {
    client.run("PRAGMA busy_timeout = 10000");
    checkHistory(client, path);
    rmSync(partial, { force: true });
    client.query("VACUUM INTO ?").run(partial);
    renameSync(partial, file);
  } catch (error) {
    if (statSync(partial, { throwIfNoEntry: false })?.isFile()) rmSync(partial);
    if (error instanceof MultivisorError) throw error;
    refuse(`Cannot copy ${path} to ${file}: ${messageOf(error)}`);
  } finally {
    client.close();
  }
}
