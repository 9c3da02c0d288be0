import { X509Certificate } from "node:crypto";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { hostname, networkInterfaces } from "node:os";
import { resolve } from "node:path";
import { MultivisorError, messageOf } from "../domain/errors.ts";
import { selfSignedCertificate } from "../lib/self-signed-certificate.ts";

/**
 * Writes PATH.crt and PATH.key for this host; what is there already is never overwritten.
 * @returns what to tell: the fingerprint, and the lines for both sides
 * @throws MultivisorError BAD_CONFIG
 */
export function makeCertificate(path: string, nowMs: number): string {
  const files = { cert: resolve(`${path}.crt`), key: resolve(`${path}.key`) };
  const there = Object.values(files).find((file) => existsSync(file));
  if (there !== undefined)
    throw new MultivisorError("BAD_CONFIG", `--make-cert: ${there} is there already; remove it or name another`);
  const { certificate, key } = selfSignedCertificate(namesOfThisHost(), nowMs);
  writePair(files, certificate, key);
  const { fingerprint256, validTo } = new X509Certificate(certificate);
  return advice(files, fingerprint256, validTo);
}

/** Loopback addresses too: a hub may live on the same host. */
function namesOfThisHost(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((of) => (of ?? []).map(({ address }) => address));
  return [...new Set([hostname(), "localhost", ...addresses.map((address) => address.replace(/%.*$/, ""))])];
}

function writePair({ cert, key }: { cert: string; key: string }, certificatePem: string, keyPem: string): void {
  let isOurs = false;
  try {
    writeFileSync(key, keyPem, { mode: 0o600, flag: "wx" });
    isOurs = true;
    writeFileSync(cert, certificatePem, { mode: 0o644, flag: "wx" });
  } catch (error) {
    if (isOurs) rmSync(key, { force: true });
    throw new MultivisorError("BAD_CONFIG", `--make-cert: ${messageOf(error)}`);
  }
}

const advice = ({ cert, key }: { cert: string; key: string }, fingerprint: string, validTo: string): string =>
  `${cert} and ${key} are made, valid until ${validTo}. SHA-256 fingerprint:
${fingerprint}

On this host, add to the agent's command in supervisord.conf, and keep the key readable for supervisord's user alone:
--tls-cert ${cert} --tls-key ${key}

On the hub, in the [supervisor:…] section of this host:
tls=true
tls_fingerprint=${fingerprint}
`;
