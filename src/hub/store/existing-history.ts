import { Database } from "bun:sqlite";
import { existsSync } from "node:fs";
import { MultivisorError, messageOf } from "../../domain/errors.ts";
import { pragma } from "./migrate.ts";
import { MIGRATIONS } from "./migrations.ts";
import { APPLICATION_ID } from "./open-database.ts";

export const refuse = (message: string): never => {
  throw new MultivisorError("BAD_CONFIG", message);
};

export function openExisting(path: string): Database {
  if (!existsSync(path)) return refuse(`Cannot read ${path}: there is no such file`);
  try {
    return new Database(path, { readwrite: true, create: false, strict: true });
  } catch (error) {
    return refuse(`Cannot read ${path}: ${messageOf(error)}`);
  }
}

/** @throws MultivisorError BAD_CONFIG where it is no history, or of a newer program */
export function checkHistory(client: Database, path: string): void {
  try {
    if (pragma(client, "application_id") !== APPLICATION_ID)
      refuse(`Cannot use ${path}: it is no history of multivisor`);
  } catch (error) {
    if (error instanceof MultivisorError) throw error;
    refuse(`Cannot use ${path}: it is no history of multivisor (${messageOf(error)})`);
  }
  const version = pragma(client, "user_version");
  if (version > MIGRATIONS.length)
    refuse(
      `Cannot use ${path}: it is of version ${version}, this program knows ${MIGRATIONS.length}; use a newer program`,
    );
}
