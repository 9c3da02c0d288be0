import { MultivisorError } from "../../domain/errors.ts";
import { reasonOf } from "../../lib/network-reason.ts";

const UNTRUSTED = /certificate|issuer|self.signed|altname/i;

/** Why a supervisord cannot be spoken to, on one line for people. @param server without credentials */
export function xmlrpcReason(error: unknown, server: string): string {
  if (!(error instanceof MultivisorError)) return reasonOf(error);
  if (error.code === "TIMEOUT") return "supervisord gives no answer";
  if (error.code !== "HOST_UNREACHABLE") return error.message;
  const reason = reasonOf(error.cause ?? error);
  if (server.startsWith("unix://")) return `no supervisord behind ${server.slice("unix://".length)}: ${reason}`;
  return UNTRUSTED.test(reason) ? `its certificate is not trusted (${reason}): set tls_ca or tls_fingerprint` : reason;
}

/** It answered, but nothing that can be used: the next answer may be better. */
export const isOddAnswer = (error: unknown): boolean =>
  error instanceof MultivisorError && (error.code === "BAD_WIRE" || error.code === "FAILED");
