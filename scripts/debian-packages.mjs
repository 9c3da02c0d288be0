import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The program that shows whether the Debian package is there. */
const PROGRAM_OF = {
  supervisor: "supervisord",
  chromium: "chromium",
  tmux: "tmux",
  procps: "ps",
  iproute2: "ip",
  openssl: "openssl",
  prometheus: "promtool",
  zsh: "zsh",
  fish: "fish",
  less: "less",
};

/** The same for packages that bring none. */
const FOLDER_OF = {
  "python3-zmq": "/usr/lib/python3/dist-packages/zmq",
  "python3-msgpack": "/usr/lib/python3/dist-packages/msgpack",
  libfaketime: `/usr/lib/${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu/faketime`,
};

/** Asked by invoke-rc.d before a package starts its service; 101 says no. */
const POLICY = "/usr/sbin/policy-rc.d";

/** Administrators' folders too: they are not in the PATH of everybody, and hold `ip`. */
const folders = () => [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"];

function isInPath(program) {
  return folders().some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const isThere = (name) => (name in FOLDER_OF ? existsSync(FOLDER_OF[name]) : isInPath(PROGRAM_OF[name]));

/** @returns those of the packages whose program is not there */
export const missingPackages = (packages) => packages.filter((name) => !isThere(name));

function aptGet(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync("apt-get", args, { stdio: ["ignore", "inherit", "inherit"], env }).status === 0;
}

/** Debian would start a supervisord of its own, now and at each boot; nobody asked for that one. */
function installWithoutServices(packages) {
  const ownPolicy = !existsSync(POLICY);
  if (ownPolicy) writeFileSync(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    return aptGet("install", "-y", "--no-install-recommends", ...packages);
  } finally {
    if (ownPolicy) rmSync(POLICY, { force: true });
    for (const service of ["supervisor", "prometheus"]) if (packages.includes(service)) disableService(service);
  }
}

const disableService = (name) =>
  existsSync("/run/systemd/system") ? spawnSync("systemctl", ["disable", "--quiet", name], { stdio: "ignore" }) : null;

const mayInstall = () => process.getuid?.() === 0 && isInPath("apt-get");

/**
 * Installs what is missing with apt-get, and says so first.
 * @returns null, or one line on what a person has to install, where we may not or could not
 */
export function ensureDebianPackages(packages) {
  const missing = missingPackages(packages);
  if (missing.length === 0) return null;
  const line = `apt-get install ${missing.join(" ")}`;
  if (!mayInstall()) return `Missing: ${missing.join(", ")}. On Debian, as root: ${line}`;
  console.log(`Installing with apt-get: ${missing.join(", ")} (no service will be started)…`);
  // Chromium without any font draws no text.
  const wanted = missing.includes("chromium") ? [...missing, "fonts-dejavu-core"] : missing;
  if (!aptGet("update")) console.log("apt-get update failed; going on with the lists that are there");
  if (installWithoutServices(wanted) && missingPackages(packages).length === 0) return null;
  return `Could not install ${missing.join(", ")}; the message of apt-get is above. By hand, as root: ${line}`;
}
