import { X509Certificate } from "node:crypto";
import { dirname, resolve } from "node:path";
import { messageOf } from "../../domain/errors.ts";
import type { RpcTls } from "../../supervisord/rpc-tls.ts";
import type { SupervisorAddress } from "./configuration.ts";
import type { ReadFile } from "./read-token.ts";
import type { SectionReader } from "./section-reader.ts";

/** What a section says of TLS; null: nothing. */
export type TlsKeys = { readonly on: boolean | null; readonly trust: RpcTls | null };

const BOOLEAN: Readonly<Record<string, boolean>> = {
  ...{ "1": true, yes: true, true: true, on: true },
  ...{ "0": false, no: false, false: false, off: false },
};

/** `tls`, `tls_ca` (relative to the configuration file's folder) and `tls_fingerprint`. */
export function readTlsKeys(section: SectionReader, fileName: string, readFile: ReadFile): TlsKeys {
  const text = section.text("tls").trim();
  const on = text === "" ? null : BOOLEAN[text.toLowerCase()];
  if (on === undefined) return section.fail("tls", `"${text}" for "tls"; use true or false`);
  const [file, pin] = [section.text("tls_ca").trim(), section.text("tls_fingerprint").trim()];
  if (file === "" && pin === "") return { on, trust: null };
  return {
    on,
    trust: {
      ca: file === "" ? null : readCa(section, resolve(dirname(fileName), file), readFile),
      fingerprint: pin === "" ? null : readFingerprint(section, pin),
    },
  };
}

function readCa(section: SectionReader, path: string, readFile: ReadFile): string {
  let pem: string;
  try {
    pem = readFile(path);
    new X509Certificate(pem);
  } catch (error) {
    return section.fail(
      "tls_ca",
      `cannot read a certificate in PEM from ${path}: ${messageOf(error)}; correct the path`,
    );
  }
  return pem;
}

/** As openssl, browsers and the agent write it. */
function readFingerprint(section: SectionReader, text: string): string {
  const digits = text.replace(/^sha-?256(?: fingerprint)?[=:]\s*/i, "").replaceAll(/[:\s]/g, "");
  if (!/^[0-9a-f]{64}$/i.test(digits))
    section.fail("tls_fingerprint", "this is no SHA-256 fingerprint; write its 64 hex digits, with or without colons");
  return (digits.toUpperCase().match(/../g) ?? []).join(":");
}

/**
 * How a supervisor is to be spoken to. What its own section says of whom to trust takes the place of all that [global] says.
 * @returns null: without TLS
 */
export function tlsOf(
  address: SupervisorAddress,
  own: TlsKeys,
  global: TlsKeys,
  fail: SectionReader["fail"],
): RpcTls | null {
  const trust = own.trust ?? global.trust ?? { ca: null, fingerprint: null };
  const ownKey = own.trust === null ? "tls" : own.trust.ca === null ? "tls_fingerprint" : "tls_ca";
  switch (address.scheme) {
    case "auto":
    case "agent": {
      if (own.on ?? global.on ?? false) return trust;
      return own.trust === null ? null : fail(ownKey, `${ownKey} without TLS has no effect; add tls=true or remove it`);
    }
    case "https":
      return trust;
    case "http":
    case "unix":
    case "zerorpc":
      if (own.on !== true && own.trust === null) return null;
      return fail(ownKey, `a ${address.scheme}:// url is without TLS; use https:// or an agent, or remove ${ownKey}`);
  }
}
