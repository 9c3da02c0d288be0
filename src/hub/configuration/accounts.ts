import type { Access } from "../../domain/access.ts";
import type { Role } from "../../domain/role.ts";
import type { Credentials } from "./credentials.ts";

type Rights = { readonly role: Role; readonly access: Access | null };

/** A person: `username` of [global], or [user:NAME]. For the login alone, as Credentials are. */
export type UserAccount = Rights & Credentials;

/** A program: [token:NAME]. */
export type TokenAccount = Rights & {
  readonly name: string;
  /** of the token, 64 hex digits */
  readonly sha256: string;
  /** epoch ms; null: never */
  readonly expiresMs: number | null;
};

/** Whom the hub lets in. Nobody: the hub is open, and everybody may do everything. */
export type Accounts = { readonly users: readonly UserAccount[]; readonly tokens: readonly TokenAccount[] };

export const isOpen = ({ users, tokens }: Accounts): boolean => users.length === 0 && tokens.length === 0;
