import { createHash } from "node:crypto";
import type { TokenAccount } from "../configuration/accounts.ts";
import { equalTexts } from "./check-password.ts";

export const newApiToken = (): string =>
  `mv_${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url")}`;

/** As it stands in the configuration. A token is 32 random bytes: nothing slower than this is needed to hide it. */
export const hashOfToken = (token: string): string => createHash("sha256").update(token).digest("hex");

/** @returns null where the request bears no token */
export const bearerOf = (request: Request): string | null =>
  /^Bearer +([\w.~+/=-]{1,500})$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? null;

/** @param nowMs epoch ms @returns null: none of ours, or expired */
export function findToken(token: string, tokens: readonly TokenAccount[], nowMs: number): TokenAccount | null {
  const hash = hashOfToken(token);
  const found = tokens.find(({ sha256 }) => equalTexts(sha256, hash)) ?? null;
  return found === null || (found.expiresMs !== null && found.expiresMs <= nowMs) ? null : found;
}
