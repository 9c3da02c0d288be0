import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isIP } from "node:net";
import * as der from "./der.ts";

export type KeyPair = {
  /** PEM */
  readonly certificate: string;
  /** PEM, PKCS #8, not encrypted */
  readonly key: string;
};

const ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
const COMMON_NAME = "2.5.4.3";
const BASIC_CONSTRAINTS = "2.5.29.19";
const KEY_USAGE = "2.5.29.15";
const EXTENDED_KEY_USAGE = "2.5.29.37";
const SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
/** Hosts' clocks differ. */
const BEFORE_MS = 24 * 3_600_000;
const VALID_MS = 10 * 365 * 24 * 3_600_000;

/**
 * A certificate of a server that vouches for itself: ECDSA over P-256, for ten years. It cannot sign others.
 * @param names that it is for, host names and IP addresses; the first is its subject
 */
export function selfSignedCertificate(names: readonly string[], nowMs: number): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = der.sequence(der.objectId(ECDSA_WITH_SHA256));
  const subject = nameOf(names[0] ?? "localhost");
  const unsigned = der.sequence(
    der.explicit(0, der.integer(Uint8Array.of(2))), // version 3
    der.integer(serial()),
    algorithm,
    subject,
    der.sequence(der.time(new Date(nowMs - BEFORE_MS)), der.time(new Date(nowMs + VALID_MS))),
    subject,
    publicKey.export({ type: "spki", format: "der" }),
    der.explicit(3, extensions(names)),
  );
  const whole = der.sequence(unsigned, algorithm, der.bits(sign("sha256", unsigned, privateKey)));
  return { certificate: pem("CERTIFICATE", whole), key: String(privateKey.export({ type: "pkcs8", format: "pem" })) };
}

/** Positive, and never the same twice. */
function serial(): Uint8Array {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes;
}

/** X.520 leaves a common name 64 characters. */
const nameOf = (commonName: string): Uint8Array =>
  der.sequence(der.setOf(der.sequence(der.objectId(COMMON_NAME), der.text([...commonName].slice(0, 64).join("")))));

function extensions(names: readonly string[]): Uint8Array {
  const digitalSignature = der.bits(Uint8Array.of(0x80), 7);
  return der.sequence(
    extension(BASIC_CONSTRAINTS, true, der.sequence()),
    extension(KEY_USAGE, true, digitalSignature),
    extension(EXTENDED_KEY_USAGE, false, der.sequence(der.objectId(SERVER_AUTH))),
    extension(SUBJECT_ALTERNATIVE_NAME, false, der.sequence(...names.map(alternativeName))),
  );
}

const extension = (id: string, critical: boolean, value: Uint8Array): Uint8Array =>
  der.sequence(der.objectId(id), ...(critical ? [der.yes] : []), der.octets(value));

const alternativeName = (name: string): Uint8Array =>
  isIP(name) === 0 ? der.implicit(2, Buffer.from(name, "latin1")) : der.implicit(7, addressBytes(name));

function addressBytes(address: string): Uint8Array {
  if (isIP(address) === 4) return Uint8Array.from(address.split(".").map(Number));
  const [head = [], tail] = address.split("::").map((part) => part.split(":").filter((group) => group !== ""));
  const missing = tail === undefined ? 0 : 8 - head.length - tail.length;
  const groups = [...head, ...Array.from({ length: missing }, () => "0"), ...(tail ?? [])].map((g) => parseInt(g, 16));
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

const pem = (label: string, bytes: Uint8Array): string => {
  const lines =
    Buffer.from(bytes)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
};
