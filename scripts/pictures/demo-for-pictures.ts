import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { probePort } from "../../src/demo/free-port.ts";
import type { Hub } from "./pages.ts";

const EXECUTABLE = join(import.meta.dir, "..", "..", "dist", "multivisor");
const LOGIN = { username: "admin", password: "a good one" };
const START_MS = 90_000;
/** The program that cannot start has been given up by then, and one that crashes has crashed. */
const LIVE_MS = 45_000;

/** It is seen on pages: short, and the same each time. */
const PLACE = join(tmpdir(), "multivisor-demo");

/** A demo with 90 days of past and a login, on a free port. @returns ends it: nothing is left of it */
export async function openDemoForPictures(): Promise<Hub & { readonly close: () => Promise<void> }> {
  if (!existsSync(EXECUTABLE)) throw new Error("There is no dist/multivisor: `npm run build` first.");
  if (existsSync(PLACE)) throw new Error(`Cannot start a demo for the pictures: ${PLACE} is there; remove it first.`);
  mkdirSync(PLACE);
  const out = join(PLACE, "out");
  const url = `http://127.0.0.1:${await probePort("127.0.0.1", 0)}`;
  const words = ["demo", "--past", "90", "--bind", url.replace("http://", ""), "--dir", PLACE];
  const demo = Bun.spawn([EXECUTABLE, ...words], { stdin: "ignore", stdout: Bun.file(out), stderr: Bun.file(out) });
  const close = async () => {
    demo.kill("SIGTERM");
    await demo.exited;
    rmSync(PLACE, { recursive: true });
  };
  try {
    await untilStarted(demo, out);
    await askForLogin(url, PLACE);
    console.log(`The demo is at ${url}; what is in trouble gets ${LIVE_MS / 1_000} s to come into it.`);
    await Bun.sleep(LIVE_MS);
    return { url, ...LOGIN, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function untilStarted(demo: Bun.Subprocess, out: string): Promise<void> {
  const deadline = performance.now() + START_MS;
  while (!readFileSync(out, "utf8").includes("Ctrl-C")) {
    if (demo.exitCode !== null || performance.now() > deadline)
      throw new Error(`The demo did not start: ${readFileSync(out, "utf8").trim()}`);
    await Bun.sleep(200);
  }
}

/** The demo begins without one; its configuration is read again. */
async function askForLogin(url: string, dir: string): Promise<void> {
  const conf = join(dir, "multivisor.conf");
  const { username, password } = LOGIN;
  const text = readFileSync(conf, "utf8").replace(
    "[global]\n",
    `[global]\nusername=${username}\npassword=${password}\n`,
  );
  await Bun.write(conf, text);
  const { status } = await fetch(`${url}/api/admin/reload`, { method: "POST" });
  if (status >= 300) throw new Error(`The hub did not take its login: status ${status}`);
}
