import { describe, expect, test } from "bun:test";
import { selfSignedCertificate } from "../../lib/self-signed-certificate.ts";
import { readConfiguration } from "./read-configuration.ts";

const PEM = selfSignedCertificate(["lid001"], Date.now()).certificate;
const PIN = Array.from({ length: 32 }, () => "AB").join(":");

const read = (text: string) =>
  readConfiguration(text, "/etc/multivisor.conf", (path) => {
    if (path === "/etc/ca.crt") return PEM;
    if (path === "/etc/text.txt") return "no certificate";
    throw new Error("ENOENT: no such file or directory");
  });
const tlsOf = (text: string) => read(text).configuration.supervisors[0]?.tls;
const errorOf = (text: string): string => {
  try {
    read(text);
  } catch (error) {
    return (error as Error).message;
  }
  return "no error";
};

describe("TLS to an agent", () => {
  test.each([
    ["is off where nothing is said", "[supervisor:a]\nurl=h\n", null],
    ["is on by tls=true", "[supervisor:a]\ntls=true\n", { ca: null, fingerprint: null }],
    ["is on for all by [global]", "[global]\ntls=true\n[supervisor:a]\n", { ca: null, fingerprint: null }],
    ["can be off for one", "[global]\ntls=true\n[supervisor:a]\ntls=false\n", null],
    ["with an authority beside the file", "[supervisor:a]\ntls=true\ntls_ca=ca.crt\n", { ca: PEM, fingerprint: null }],
    ["with a pin", `[supervisor:a]\ntls=true\ntls_fingerprint=${PIN}\n`, { ca: null, fingerprint: PIN }],
    [
      "with a pin as openssl prints it",
      `[supervisor:a]\ntls=true\ntls_fingerprint=sha256 Fingerprint=${PIN.toLowerCase()}\n`,
      { ca: null, fingerprint: PIN },
    ],
    [
      "with a pin without colons",
      `[supervisor:a]\ntls=true\ntls_fingerprint=${PIN.replaceAll(":", "")}\n`,
      { ca: null, fingerprint: PIN },
    ],
    [
      "with a pin of its own in the place of the authority of all",
      `[global]\ntls=true\ntls_ca=ca.crt\n[supervisor:a]\ntls_fingerprint=${PIN}\n`,
      { ca: null, fingerprint: PIN },
    ],
    [
      "with the authority of all",
      "[global]\ntls=true\ntls_ca=/etc/ca.crt\n[supervisor:a]\n",
      { ca: PEM, fingerprint: null },
    ],
  ])("%s", (_, text, expected) => {
    expect(tlsOf(text)).toEqual(expected);
  });

  test.each([
    ["[supervisor:a]\ntls=maybe\n", '2: "maybe" for "tls"; use true or false'],
    [`[supervisor:a]\ntls_fingerprint=${PIN}\n`, "2: tls_fingerprint without TLS has no effect; add tls=true"],
    ["[supervisor:a]\ntls=true\ntls_fingerprint=AB:CD\n", "3: this is no SHA-256 fingerprint"],
    ["[supervisor:a]\ntls=true\ntls_ca=nowhere.crt\n", "3: cannot read a certificate in PEM from /etc/nowhere.crt"],
    ["[supervisor:a]\ntls=true\ntls_ca=text.txt\n", "3: cannot read a certificate in PEM from /etc/text.txt"],
    ["[supervisor:a]\nurl=http://h\ntls=true\n", "3: a http:// url is without TLS; use https://"],
    ["[supervisor:a]\nurl=zerorpc://h\ntls=true\n", "3: a zerorpc:// url is without TLS"],
  ])("%j is refused with the line and what to do", (text, message) => {
    expect(errorOf(text)).toContain(`/etc/multivisor.conf:${message}`);
  });
});

test("https to supervisord itself takes authority and pin; other ways take no notice of [global]", () => {
  expect(tlsOf(`[supervisor:a]\nurl=https://h\ntls_fingerprint=${PIN}\n`)).toEqual({ ca: null, fingerprint: PIN });
  expect(tlsOf("[global]\ntls=true\n[supervisor:a]\nurl=unix:///s.sock\n")).toBeNull();
});

test("paths and pins of [global] are not in /api/data", () => {
  const { globals } = read(`[global]\nname=x\ntls=true\ntls_ca=ca.crt\ntls_fingerprint=${PIN}\n`).configuration;
  expect(globals).toEqual({ name: "x" });
});
