import { describe, expect, test } from "bun:test";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { selfSignedCertificate } from "./self-signed-certificate.ts";

const hasOpenssl = Bun.which("openssl") !== null;
const NOW = Date.UTC(2026, 5, 1);
const NAMES = ["lid001.example.org", "localhost", "127.0.0.1", "::1", "2001:db8::7"];

function openssl(pem: string, ...words: string[]): string {
  const { stdout, stderr, exitCode } = Bun.spawnSync(["openssl", ...words], { stdin: Buffer.from(pem) });
  if (exitCode !== 0) throw new Error(stderr.toString());
  return stdout.toString();
}

describe("a certificate that signed itself", () => {
  test("is for the names it was made for and for nothing else, and belongs to its key", () => {
    const { certificate, key } = selfSignedCertificate(NAMES, NOW);
    const x509 = new X509Certificate(certificate);
    expect(x509.subject).toBe("CN=lid001.example.org");
    expect(x509.issuer).toBe(x509.subject);
    expect(x509.checkHost("lid001.example.org")).toBe("lid001.example.org");
    expect(x509.checkHost("lid002.example.org")).toBeUndefined();
    expect(x509.checkIP("2001:db8::7")).toBeDefined();
    expect(x509.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(x509.verify(x509.publicKey)).toBe(true);
    expect(x509.ca).toBe(false);
  });
  test("is never the same twice", () => {
    const serials = Array.from(
      { length: 20 },
      () => new X509Certificate(selfSignedCertificate(NAMES, NOW).certificate),
    );
    expect(new Set(serials.map((one) => one.serialNumber)).size).toBe(20);
  });
  test("is valid from a day ago, for other clocks, and for ten years, beyond 2049 too", () => {
    for (const now of [NOW, Date.UTC(2045, 1, 1)]) {
      const { validFrom, validTo } = new X509Certificate(selfSignedCertificate(["a"], now).certificate);
      expect(Date.parse(validFrom)).toBe(now - 24 * 3_600_000);
      expect(Date.parse(validTo)).toBe(now + 3_650 * 24 * 3_600_000);
    }
  });
  test.skipIf(!hasOpenssl)("is read, verified and described by openssl", () => {
    const { certificate, key } = selfSignedCertificate(NAMES, Date.now());
    const folder = mkdtempSync(join(tmpdir(), "cert-"));
    try {
      writeFileSync(join(folder, "a.crt"), certificate);
      const verified = openssl("", "verify", "-x509_strict", "-CAfile", join(folder, "a.crt"), join(folder, "a.crt"));
      expect(verified).toContain("OK");
    } finally {
      rmSync(folder, { recursive: true });
    }
    const text = openssl(certificate, "x509", "-noout", "-text");
    expect(text).toContain("Version: 3");
    expect(text).toContain("Signature Algorithm: ecdsa-with-SHA256");
    expect(text).toContain("DNS:lid001.example.org, DNS:localhost, IP Address:127.0.0.1");
    expect(text).toContain("TLS Web Server Authentication");
    expect(text).toContain("CA:FALSE");
    expect(openssl(key, "pkey", "-noout", "-text")).toContain("P-256");
  });
});
