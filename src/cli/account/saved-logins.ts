import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { MultivisorError, messageOf } from "../../domain/errors.ts";

/** How to come in at one hub. `authorization` is a header's value, `cookie` a session's. */
const SavedLogin = Type.Object({
  authorization: Type.Optional(Type.String()),
  cookie: Type.Optional(Type.String()),
});

const SavedLogins = Type.Object({
  /** base of the hub that is asked where none is named */
  current: Type.Union([Type.String(), Type.Null()]),
  /** by base: no hub gets what another gave */
  hubs: Type.Record(Type.String(), SavedLogin),
});

export type SavedLogin = { readonly authorization?: string; readonly cookie?: string };
export type SavedLogins = { readonly current: string | null; readonly hubs: Readonly<Record<string, SavedLogin>> };

const NONE: SavedLogins = { current: null, hubs: {} };

/** @throws MultivisorError BAD_CONFIG where the file is there and cannot be used */
export function readLogins(path: string | null): SavedLogins {
  if (path === null) return NONE;
  try {
    const json: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (Value.Check(SavedLogins, json)) return json as SavedLogins;
    throw new Error("it is none of ours");
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return NONE;
    throw new MultivisorError("BAD_CONFIG", `Cannot read ${path}: ${messageOf(error)}. Delete it and log in again`);
  }
}

/** Nobody else may read it, from the first byte on. @throws MultivisorError BAD_CONFIG */
export function writeLogins(path: string | null, logins: SavedLogins): void {
  if (path === null) throw new MultivisorError("BAD_CONFIG", "Cannot keep the login: set HOME or XDG_CONFIG_HOME");
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const fresh = `${path}.${process.pid}`;
    writeFileSync(fresh, `${JSON.stringify(logins, null, 2)}\n`, { mode: 0o600 });
    chmodSync(fresh, 0o600);
    renameSync(fresh, path);
  } catch (error) {
    throw new MultivisorError("BAD_CONFIG", `Cannot keep the login: ${messageOf(error)}`);
  }
}
