import type { PeerCertificate } from "node:tls";
import { MultivisorError } from "../domain/errors.ts";

/** Whom an https client trusts. */
export type RpcTls = {
  /** PEM of the authority, or of a certificate that signed itself; null: those of the system */
  readonly ca: string | null;
  /** SHA-256 of the one certificate that will do, hexadecimal, with or without colons; null: any that is trusted */
  readonly fingerprint: string | null;
};

const bare = (fingerprint: string) => fingerprint.replaceAll(/[:\s]|^sha256[:=]/gi, "").toUpperCase();

/** A pinned certificate may bear any name: the pin says more than a name does. */
export function tlsOptions({ ca, fingerprint }: RpcTls): { tls: Record<string, unknown> } {
  const trusted = ca === null ? {} : { ca };
  if (fingerprint === null) return { tls: trusted };
  const checkServerIdentity = (_: string, certificate: PeerCertificate): Error | undefined =>
    bare(certificate.fingerprint256) === bare(fingerprint)
      ? undefined
      : new MultivisorError("UNAUTHORIZED", `its certificate has another fingerprint: ${certificate.fingerprint256}`);
  return { tls: { ...trusted, checkServerIdentity } };
}
