import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../../domain/errors.ts";
import type { Logger } from "../../lib/logger.ts";

const FILE_NAME = "secret-key";

/**
 * The key that sessions are signed with: what the environment gives, else one made once and kept in the state folder
 * for its owner alone. Where it cannot be kept, sessions end with this run of the hub.
 * @param given MULTIVISOR_SECRET_KEY
 */
export function readSecretKey(given: string | undefined, stateFolder: string, log: Logger): string {
  if (given) return given;
  const path = join(stateFolder, FILE_NAME);
  try {
    return keptKey(path, log) ?? makeKey(stateFolder, path);
  } catch (error) {
    log.warn(
      `Cannot keep the key of sessions in ${path}: ${messageOf(error)}; everybody has to log in again after a restart. Set MULTIVISOR_SECRET_KEY or correct the folder`,
    );
    return randomBytes(32).toString("hex");
  }
}

/** @returns null where there is none, or what is there is too short to be one */
function keptKey(path: string, log: Logger): string | null {
  let key: string;
  try {
    key = readFileSync(path, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  if ((statSync(path).mode & 0o077) !== 0) {
    log.warn(`${path} could be read by others; it is now its owner's alone`);
    chmodSync(path, 0o600);
  }
  return key.length >= 32 ? key : null;
}

function makeKey(stateFolder: string, path: string): string {
  const key = randomBytes(32).toString("hex");
  mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
  writeFileSync(path, `${key}\n`, { mode: 0o600 });
  return key;
}
