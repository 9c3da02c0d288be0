import { BlockList, isIP } from "node:net";
import { dirname, resolve } from "node:path";
import { isRole, ROLES } from "../../domain/role.ts";
import type { Front } from "./front.ts";
import type { SectionReader } from "./section-reader.ts";

/** @throws MultivisorError BAD_CONFIG */
export function readFront(section: SectionReader, fileName: string): Front {
  const trustedProxies = list(section, "trusted_proxies");
  section.attempt("trusted_proxies", () => createProxyMatcher(trustedProxies));
  const loginHeader = section.text("login_header").trim().toLowerCase() || null;
  if (loginHeader !== null && !/^[a-z][a-z0-9-]*$/.test(loginHeader))
    section.fail("login_header", `"${loginHeader}" is not the name of a header`);
  if (loginHeader !== null && trustedProxies.length === 0)
    section.fail("login_header", "login_header without trusted_proxies: anybody could send it; name the proxies");
  const role = section.text("login_role").trim().toLowerCase();
  if (role !== "" && !isRole(role)) section.fail("login_role", `"${role}" for "login_role"; use ${ROLES.join(", ")}`);
  return {
    trustedProxies,
    loginHeader,
    loginRole: isRole(role) ? role : null,
    allowedHosts: list(section, "allowed_hosts").map((host) => host.toLowerCase()),
    tls: readTls(section, fileName),
  };
}

function readTls(section: SectionReader, fileName: string): Front["tls"] {
  const [cert, key] = [section.text("tls_cert").trim(), section.text("tls_key").trim()];
  if (cert === "" && key === "") return null;
  if (cert === "") section.fail("tls_key", "tls_key without tls_cert; set both or none");
  if (key === "") section.fail("tls_cert", "tls_cert without tls_key; set both or none");
  const path = (file: string) => resolve(dirname(fileName), file);
  return { cert: path(cert), key: path(key) };
}

const list = (section: SectionReader, key: string): string[] =>
  section
    .text(key)
    .split(/[\s,]+/)
    .filter((item) => item !== "");

/**
 * Tells whether an address is one of a proxy; "" is the other end of a unix socket.
 * @throws Error that names what is no address
 */
export function createProxyMatcher(proxies: readonly string[]): (address: string) => boolean {
  const known = new BlockList();
  for (const proxy of proxies) {
    if (proxy === "unix") continue;
    const [, address = "", bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(proxy) ?? [];
    const family = isIP(address);
    if (family === 0) throw new Error(`"${proxy}" is not an address, a network (10.0.0.0/8) or unix`);
    const longest = family === 4 ? 32 : 128;
    const prefix = Number(bits ?? longest);
    if (prefix > longest) throw new Error(`"${proxy}" is not a network: at most /${longest}`);
    known.addSubnet(address, prefix, family === 4 ? "ipv4" : "ipv6");
  }
  return (given) => {
    if (given === "") return proxies.includes("unix");
    const address = given.replace(/^::ffff:(?=\d+\.)/i, "");
    const family = isIP(address);
    return family !== 0 && known.check(address, family === 4 ? "ipv4" : "ipv6");
  };
}
