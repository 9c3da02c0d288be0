import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { MultivisorError, messageOf } from "../domain/errors.ts";

export type TlsFiles = { readonly cert: string; readonly key: string };

/** Reads both files, PEM, and sees that they belong together. @throws MultivisorError BAD_CONFIG */
export function readHubTls(paths: { readonly cert: string; readonly key: string } | null): TlsFiles | null {
  if (paths === null) return null;
  const cert = attempt(`tls_cert: cannot read ${paths.cert}`, () => readFileSync(paths.cert, "utf8"));
  const key = attempt(`tls_key: cannot read ${paths.key}`, () => readFileSync(paths.key, "utf8"));
  const x509 = attempt(`tls_cert: ${paths.cert} is not a certificate in PEM`, () => new X509Certificate(cert));
  const own = attempt(`tls_key: ${paths.key} is not a private key in PEM`, () => createPrivateKey(key));
  if (!x509.checkPrivateKey(own))
    throw new MultivisorError("BAD_CONFIG", `tls_key: ${paths.key} is not the key of ${paths.cert}`);
  return { cert, key };
}

function attempt<T>(what: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new MultivisorError("BAD_CONFIG", `${what}: ${messageOf(error)}`);
  }
}
