import type { PeerCertificate } from "node:tls";
import { MultivisorError } from "../domain/errors.ts";
import { peerCertificate } from "../lib/peer-certificate.ts";

/** Whom an https client trusts. */
export type RpcTls = {
  /** PEM of the authority, or of a certificate that signed itself; null: those of the system */
  readonly ca: string | null;
  /** SHA-256 of the one certificate that will do, hexadecimal, with or without colons; null: any that is trusted */
  readonly fingerprint: string | null;
};

/** For `fetch`. */
export type TlsOptions = { readonly tls: Readonly<Record<string, unknown>> };

const bare = (fingerprint: string) => fingerprint.replaceAll(/^sha-?256[:=]|[:\s]/gi, "").toUpperCase();

function check(fingerprint: string, shown: string): MultivisorError | undefined {
  if (bare(shown) === bare(fingerprint)) return undefined;
  return new MultivisorError("UNAUTHORIZED", `its certificate is not the pinned one: it has the fingerprint ${shown}`);
}

/**
 * A pinned certificate may bear any name, and may have signed itself: then it is its own authority. It has to be seen for
 * that once; `fetch` checks it again with each connection, before anything is sent.
 * @returns options for one more request @throws MultivisorError, the system's error
 */
export function createTlsOptions(
  { ca, fingerprint }: RpcTls,
  address: { readonly hostname: string; readonly port: number },
  timeoutMs: number,
): () => Promise<TlsOptions> {
  if (fingerprint === null) return async () => ({ tls: ca === null ? {} : { ca } });
  const checkServerIdentity = (_: string, { fingerprint256 }: PeerCertificate) => check(fingerprint, fingerprint256);
  let trusted = ca;
  return async () => {
    if (trusted === null) {
      const certificate = await peerCertificate(address, timeoutMs);
      const other = check(fingerprint, certificate.fingerprint256);
      if (other !== undefined) throw other;
      if (certificate.subject === certificate.issuer) trusted = certificate.toString();
    }
    return { tls: { ...(trusted === null ? {} : { ca: trusted }), checkServerIdentity } };
  };
}
