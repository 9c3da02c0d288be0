import { createPrivateKey, X509Certificate } from "node:crypto";
import { MultivisorError, messageOf } from "../domain/errors.ts";

export type TlsPaths = { readonly cert: string; readonly key: string };

/** Contents, PEM. */
export type TlsFiles = {
  readonly cert: string;
  readonly key: string;
  /** SHA-256 of the certificate, as a hub pins it */
  readonly fingerprint: string;
};

/** @throws MultivisorError BAD_CONFIG that names the flag */
export async function readTlsFiles(paths: TlsPaths): Promise<TlsFiles> {
  const cert = await Bun.file(paths.cert)
    .text()
    .catch(saying(`--tls-cert: cannot read ${paths.cert}`));
  const key = await Bun.file(paths.key)
    .text()
    .catch(saying(`--tls-key: cannot read ${paths.key}`));
  const x509 = attempt(`--tls-cert: ${paths.cert} is not a certificate in PEM`, () => new X509Certificate(cert));
  const own = attempt(`--tls-key: ${paths.key} is not a private key in PEM`, () => createPrivateKey(key));
  if (!x509.checkPrivateKey(own))
    throw new MultivisorError("BAD_CONFIG", `--tls-key: ${paths.key} is not the key of ${paths.cert}`);
  return { cert, key, fingerprint: x509.fingerprint256 };
}

const saying = (what: string) => (error: unknown) => {
  throw new MultivisorError("BAD_CONFIG", `${what}: ${messageOf(error)}`);
};

function attempt<T>(what: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    return saying(what)(error) as never;
  }
}
